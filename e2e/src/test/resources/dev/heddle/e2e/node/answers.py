"""Python's own HTTP server: answers each request with its name and what it got, as JSON; /stream without end."""

import http.server
import json
import socket
import sys
import time

name, port = sys.argv[1], int(sys.argv[2])


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/stream":
            return self.stream()
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        answer = json.dumps(
            {
                "server": name,
                "method": self.command,
                "path": self.path,
                "client": self.client_address[0],
                "headers": {k.lower(): v for k, v in self.headers.items()},
                "body": len(body),
            }
        ).encode()
        self.send_response(int(self.headers.get("x-status", 200)))
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def stream(self):
        """A line every 10 ms until the client is gone."""
        self.send_response(200)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"5\r\nmore\n\r\n")
            time.sleep(0.01)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6
    request_queue_size = 128


server = Server(("::", port), Answers)
print("listening", flush=True)
server.serve_forever()
