"""The recording page without a signal: installable, kept on the device."""
