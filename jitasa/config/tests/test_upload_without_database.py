"""A large upload while the database is away: come again, and not that it is too large or nobody knows who sends it."""

from pathlib import Path

from jitasa.config.tests.served import environment, post, status, web_process
from jitasa.config.tests.site import free_port

PICTURE = b"x" * 2_000_000  # larger than a form, so that the front asks who sends it


def test_it_is_answered_503_with_words(tmp_path: Path) -> None:
    nobody = f"postgresql://jitasa@127.0.0.1:{free_port()}/jitasa"
    env = environment(tmp_path, JITASA_DATABASE_URL=nobody, JITASA_DEBUG="1")
    with web_process(env) as port:
        for path, who in (
            ("/work/photos/", "Cookie: sessionid=abcdefghijklmnopqrstuvwxyz012345\r\n"),
            (f"/api/v1/photos/{'0' * 64}", "Authorization: Bearer jt_a-token-of-a-program\r\n"),
        ):
            answer = post(port, path, PICTURE, headers=who)
            assert (path, status(answer)) == (path, 503)
            assert "ฐานข้อมูลไม่ตอบ".encode() in answer or b"\\u0e10" in answer
        assert status(post(port, "/work/photos/", PICTURE)) == 413  # a stranger's: no database is asked
