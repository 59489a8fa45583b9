#!/usr/bin/env python3
"""Sends movements of money to the wallet, each exactly once, whatever is killed and whenever.

docs/callers.md explains it. It needs Python 3.9 or newer and nothing else:

    python3 send_money.py http://127.0.0.1:8080 token-file movements-file journal-file [--queue]

A line of the movements is the shop's own name of the movement, the path and the body:

    order-17 /purchase {"user_id":"alice","amount":"3.50","currency":"USD","initiated_by":"shop"}

It ends with 0 when every movement has its end, 3 when somebody must look at one of them, 1 when
some are still open: then run it again, and 2 when it could not begin.
"""

import fcntl
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request
import uuid

CALL_SECONDS_MAX = 15  # The wallet answers within 10 seconds, if with 503.
PATIENCE_SECONDS = 15 * 60
PAUSE_SECONDS_FIRST = 0.1
PAUSE_SECONDS_MAX = 10
KEY_SECONDS_MAX = 25 * 24 * 3600  # The wallet keeps a key for 30 days: older ones are not sent again.
NO_ANSWER = 0
MOVEMENT = re.compile(r"(\S+) (/deposit|/withdraw|/purchase|/refund|/transfer) (\{.*})")


class Journal:
    """What a kill must not wipe out: lines of a file, each on the disk before the next step."""

    def __init__(self, path):
        """Opens it or makes a new one; ValueError when another sender has it or another program wrote it."""
        self.intents = {}
        self.is_written_to = False
        self.file = open(path, "a+b")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError("another sender works with " + path) from None
        folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        self.file.seek(0)
        text = self.file.read()
        # Half a line was being written when the power went; what it told has not begun.
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole.splitlines():
            try:
                self._apply(json.loads(line))
            except (ValueError, LookupError, TypeError):
                raise ValueError(f"{path} is not a journal of this program: {line!r}") from None
        self.file.truncate(len(whole))

    def write(self, step, name, **facts):
        line = {"step": step, "name": name, **facts}
        self.file.write((json.dumps(line) + "\n").encode())
        self.file.flush()
        os.fsync(self.file.fileno())
        self.is_written_to = True
        self._apply(line)
        print(json.dumps(line), flush=True)

    def _apply(self, line):
        self.intents.setdefault(line["name"], {}).update(line)


class Pauses:
    """Longer and longer, each of random length, so that callers do not come back all at once."""

    def __init__(self):
        self.end = time.monotonic() + PATIENCE_SECONDS
        self.seconds_max = PAUSE_SECONDS_FIRST

    def take(self, seconds_min):
        time.sleep(seconds_min + random.uniform(0, self.seconds_max))
        self.seconds_max = min(2 * self.seconds_max, PAUSE_SECONDS_MAX)

    def are_over(self):
        return time.monotonic() > self.end


class Sender:
    def __init__(self, wallet, token_file, journal, queue):
        self.wallet = wallet
        self.token_file = token_file
        self.journal = journal
        self.queue = queue

    def send_all(self, movements):
        """Whether every movement has its end. In order: an open one holds up those behind it."""
        for line in movements:
            movement = MOVEMENT.fullmatch(line.rstrip("\n"))
            if movement is None:
                raise ValueError("not a movement: " + line)
            name, path, body = movement.groups()
            is_new = name not in self.journal.intents
            if is_new:
                # The key is on the disk before the first request: this is the whole trick.
                self.journal.write(
                    "intent", name, key=str(uuid.uuid4()), time=time.time(), path=path, body=body
                )
            intent = self.journal.intents[name]
            if intent["step"] == "intent" and not self.send(intent, is_new, self.queue):
                return False
        queued = [intent for intent in self.journal.intents.values() if intent["step"] == "queued"]
        return all(self.follow(intent) for intent in queued)

    def send(self, intent, is_new, queue):
        """Sends one until an answer ends it or says that it is queued; false if none comes."""
        if time.time() - intent["time"] > KEY_SECONDS_MAX:
            return self.end(intent, "look", why="the key is too old to be sent again")
        in_doubt = not is_new  # Whether it may be in the books although nobody told us.
        pauses = Pauses()
        while not pauses.are_over():
            status, headers, answer = self.call(intent["path"], intent, queue)
            code = answer.get("code")
            if status == 201:
                replayed = "Idempotency-Replayed" in headers
                return self.end(
                    intent, "posted", id=answer["transaction"]["id"], replayed=replayed
                )
            if status == 202:
                self.journal.write("queued", intent["name"], location=headers["Location"])
                return True
            if status in (NO_ANSWER, 408, 500, 502, 503, 504):
                in_doubt = in_doubt or code != "unavailable"
            elif status in (401, 429):
                pass  # Not now, or a token that has expired: the next attempt reads it anew.
            elif "transaction_id" in answer:
                # The books said no, and that is final.
                return self.end(intent, "rejected", id=answer["transaction_id"], code=code)
            else:
                # Refused before it was looked up: an earlier attempt may be in the books all the same.
                return self.end(intent, "look" if in_doubt else "refused", code=code)
            pauses.take(int(headers.get("Retry-After", 0)))
        return False

    def follow(self, intent):
        """Asks for a queued one until its outcome is there; false if it does not come."""
        location = intent["location"]
        pauses = Pauses()
        while not pauses.are_over():
            status, headers, answer = self.call(location)
            rejection = answer.get("rejection", {})
            if status == 404:
                # The queue does not know it any more. The key still protects it.
                return self.send(intent, False, False)
            if status == 200 and answer["status"] == "posted":
                return self.end(intent, "posted", id=answer["id"], replayed=False)
            if status == 200 and rejection.get("code") == "duplicate":
                # Queued twice with one key: the first one has the outcome.
                location = "/transactions/" + rejection["original_transaction_id"]
            elif status == 200 and answer["status"] == "rejected":
                return self.end(intent, "rejected", id=answer["id"], code=rejection["code"])
            pauses.take(int(headers.get("Retry-After", 0)))
        return False

    def end(self, intent, end, **facts):
        self.journal.write("end", intent["name"], end=end, **facts)
        return True

    def call(self, path, intent=None, queue=False):
        """Status, headers and the JSON that came back; NO_ANSWER, {} and {} when nothing did."""
        with open(self.token_file) as file:
            headers = {"Authorization": "Bearer " + file.read().strip()}
        data = None
        if intent is not None:
            data = intent["body"].encode()
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = intent["key"]
            if queue:
                headers["Prefer"] = "respond-async"
        request = urllib.request.Request(self.wallet + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=CALL_SECONDS_MAX) as response:
                return response.status, response.headers, json.load(response)
        except urllib.error.HTTPError as refusal:
            try:
                return refusal.code, refusal.headers, json.load(refusal)
            except (ValueError, OSError, http.client.HTTPException):
                return refusal.code, refusal.headers, {}
        except (ValueError, OSError, http.client.HTTPException):
            return NO_ANSWER, {}, {}


def main(arguments):
    if len(arguments) not in (4, 5):
        print("arguments: URL TOKEN_FILE MOVEMENTS_FILE JOURNAL_FILE [--queue]", file=sys.stderr)
        return 2
    wallet, token_file, movements_file, journal_file = arguments[:4]
    try:
        journal = Journal(journal_file)
    except ValueError as unusable:
        print(unusable, file=sys.stderr)
        return 2
    sender = Sender(wallet, token_file, journal, "--queue" in arguments[4:])
    with open(movements_file) as movements:
        if not sender.send_all(movements):
            return 1
    if not journal.is_written_to:
        print("nothing left to do: each movement has ended in this journal", file=sys.stderr)
    puzzles = [intent for intent in journal.intents.values() if intent.get("end") == "look"]
    return 3 if puzzles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
