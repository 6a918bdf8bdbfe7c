# SPDX-License-Identifier: MIT
"""What gh needs of GitHub's pull requests, for tests/trial_ci.sh: an HTTP proxy that answers for
api.github.localhost, and knows the pull requests that it was told of. usage: github_stub.py PORT-FILE"""
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

pulls = []


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def sent(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self):
        url = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        if url.netloc != "api.github.localhost" or url.path != "/repos/acme/infra/pulls":
            return self.answer(404, {"message": "Not Found"})
        self.answer(200, [p for p in pulls if p["state"] == query["state"]
                          and p["base"] == query["base"] and "acme:" + p["head"] == query["head"]])

    def do_POST(self):
        pull = {"title": "", "body": "", **self.sent(), "number": len(pulls) + 1, "state": "open",
                "html_url": "http://github.localhost/acme/infra/pull/%d" % (len(pulls) + 1)}
        if any(p["head"] == pull["head"] for p in pulls):
            return self.answer(422, {"message": "A pull request already exists"})
        pulls.append(pull)
        self.answer(201, pull)

    def do_PATCH(self):
        pull = pulls[int(self.path.rsplit("/", 1)[1]) - 1]
        pull.update(self.sent())
        self.answer(200, pull)

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w") as f:
    f.write("%d\n" % server.server_port)
server.serve_forever()
