"""A site of one page and one file that is larger than what the kernel takes off a server: gunicorn tests.large_answers."""

LOT = b"x" * 64 * 1024
LOTS = 320  # 20 MB


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return (LOT for _ in range(LOTS)) if environ["PATH_INFO"] == "/file" else [b"a page"]
