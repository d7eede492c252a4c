"""Recommendations for the shop: looks at reviews before it recommends. Python's standard library alone; it knows no mesh.

PORT and VERSION say what it is; where reviews are it is told as Kubernetes tells it, by REVIEWS_SERVICE_HOST and _PORT.
"""

import http.client
import http.server
import os
import socketserver
import time

port = int(os.environ.get("PORT", "9080"))
version = os.environ.get("VERSION", "v1")
reviews = (os.environ["REVIEWS_SERVICE_HOST"], int(os.environ.get("REVIEWS_SERVICE_PORT", "9080")))


def pick(user):
    """What answered: the version of reviews or its error, and the stars that it got from ratings, if any."""
    connection = http.client.HTTPConnection(*reviews, timeout=10)
    try:
        connection.request("GET", "/reviews/1", headers={"end-user": user} if user else {})
        response = connection.getresponse()
        body = response.read().decode()
        if response.status != 200:
            return str(response.status), None
        reviewed, *words = body.split()
        stars = [word.removeprefix("ratings=") for word in words if word.startswith("ratings=")]
        return reviewed, stars[0] if stars else None
    except (OSError, http.client.HTTPException) as problem:
        return type(problem).__name__, None
    finally:
        connection.close()


class Recommendations(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        start = time.perf_counter()
        picked, stars = pick(self.headers.get("end-user"))
        millis = (time.perf_counter() - start) * 1000
        words = f"{version} picks={picked} picks-ms={millis:.2f}"
        body = (f"{words} stars={stars}" if stars else words).encode()
        self.send_response(200)
        self.send_header("content-type", "text/plain")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


server = Server(("", port), Recommendations)
print(f"recommendations {version} listens on {port}", flush=True)
server.serve_forever()
