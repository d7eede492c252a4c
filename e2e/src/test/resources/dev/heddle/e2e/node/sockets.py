"""Plain sockets. greet PORT: a server that speaks first. hear HOST PORT: what such a server says, then what it answers.
echo PORT and ask HOST PORT: the same over UDP. idle HOST PORT N: as many HTTP connections, one request each, kept open."""

import socket
import socketserver
import sys

what, *rest = sys.argv[1:]


class Greeter(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 hello\n")
        for line in self.rfile:
            self.wfile.write(b"250 " + line)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def listening(server):
    print("listening", flush=True)
    server.serve_forever()


def idle(host, port, count):
    connections = []
    for _ in range(count):
        connection = socket.create_connection((host, port), timeout=30)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: idle\r\n\r\n")
        connections.append(connection)
        answer = connection.recv(65536)
        if not answer.startswith(b"HTTP/1.1 200"):
            print(answer, flush=True)
            return
    print(f"open {len(connections)}", flush=True)
    sys.stdin.read()


match what, *rest:
    case "greet", port:
        listening(Server(("", int(port)), Greeter))
    case "hear", host, port:
        with socket.create_connection((host, int(port)), timeout=10) as heard:
            greeting = heard.recv(100)
            heard.sendall(b"helo\n")
            print(greeting + heard.recv(100))
    case "echo", port:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as echo:
            echo.bind(("", int(port)))
            print("listening", flush=True)
            while True:
                said, whom = echo.recvfrom(2048)
                echo.sendto(said + whom[0].encode(), whom)
    case "ask", host, port:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.settimeout(10)
            asked.sendto(b"echo for ", (host, int(port)))
            print(asked.recv(2048).decode())
    case "idle", host, port, count:
        idle(host, int(port), int(count))
