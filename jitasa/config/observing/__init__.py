"""What an operator watches: names of requests, structured logs, slow statements, metrics (docs/operator.md)."""
