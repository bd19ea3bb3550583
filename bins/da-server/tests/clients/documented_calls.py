"""The calls that the API's documentation shows, made with `requests` as it shows them.

It takes the address of a server and an administrator's key, and ends with the number of calls that were answered as the
documentation says; what is answered otherwise ends it with an error that names the call.
"""

import json
import sys

import requests

base, api_key = sys.argv[1], sys.argv[2]
calls = 0

QUESTIONLESS = "docassemble.demo:data/questions/examples/questionless.yml"
UPLOAD = "docassemble.playground1:data/questions/upload.yml"
UPLOAD_TEXT = """\
mandatory: True
question: Thank you
subquestion: ${ evidence[0].filename }
---
question: What do you have?
fields:
  - File: evidence
    datatype: files
---
event: tell
code: |
  json_response({"number": evidence[0].number, "by": action_argument("by")})
---
event: forget
code: |
  by = action_argument("by")
"""


def check(r, status):
    """The answer, if it has the status that the documentation tells of."""
    global calls
    if r.status_code != status:
        raise SystemExit(f"{r.request.method} {r.request.path_url}: {r.status_code} {r.text}")
    if status == 204 and r.text:
        raise SystemExit(f"{r.request.method} {r.request.path_url}: there is a body: {r.text}")
    calls += 1
    return json.loads(r.text) if status == 200 and "json" in r.headers["Content-Type"] else r.text


def same(told, expected):
    if told != expected:
        raise SystemExit(f"{told!r} is not {expected!r}")


def get(path, status=200, **params):
    return check(requests.get(base + path, params={"key": api_key, **params}), status)


def post(path, status=200, files=None, **data):
    return check(requests.post(base + path, data={"key": api_key, **data}, files=files), status)


def post_json(path, status=200, **data):
    return check(requests.post(base + path, json={"key": api_key, **data}), status)


def delete(path, status=204, **params):
    return check(requests.delete(base + path, params={"key": api_key, **params}), status)


# Where the key goes.
interviews = get("/api/list")
same({"filename", "link", "package", "status_class", "subtitle", "subtitle_class", "tags", "title"}, set(interviews[0]))
same(check(requests.get(base + "/api/list", headers={"X-API-Key": api_key}), 200), interviews)
same(check(requests.get(base + "/api/list", cookies={"X-API-Key": api_key}), 200), interviews)
same(check(requests.get(base + "/api/list"), 403), '"Access Denied"')
headers = requests.get(base + "/api/list", params={"key": api_key}).headers
same(headers["Access-Control-Allow-Origin"], "*")
same(get("/api/list", absolute_urls=0, tag="legal")[0]["link"].split("?")[0], "/interview")

# Users.
same(post("/api/user", 204, first_name="John", last_name="Smith"), "")
same(get("/api/user")["first_name"], "John")
made = post("/api/user/new", username="jsmith@example.com", password="xxsecretxx", first_name="Jane", privileges=json.dumps(["developer", "trainer"]))
same(set(made), {"user_id", "password"})
user = f"/api/user/{made['user_id']}"
post_json("/api/user/new", username="other@example.com", privileges=["advocate"])
same(post("/api/user/new", 400, username="jsmith@example.com", password="xxsecretxx"), '"That e-mail address is already being used."')
same(post("/api/user/new", 400), '"An e-mail address must be supplied."')
same([one["email"] for one in get("/api/user_list")], ["admin@example.com", "jsmith@example.com", "other@example.com"])
same(get("/api/user_list", include_inactive=1)[0]["active"], True)
same(get("/api/user_info", username="jsmith@example.com")["id"], made["user_id"])
same(get("/api/user_info", 404, username="nobody@example.com"), '"User not found"')
same(get(user)["first_name"], "Jane")
same(get("/api/user/x", 400), '"User ID must be an integer"')
post(user, 204, country="US", timezone="America/New_York")
same(get(user)["country"], "US")
post("/api/privileges", 204, privilege="supervisor")
same("supervisor" in get("/api/privileges"), True)
post(user + "/privileges", 204, privilege="supervisor")
same(post(user + "/privileges", 400, privilege="supervisor"), '"The user already had that privilege"')
delete(user + "/privileges", privilege="supervisor")

# Secrets and links.
secret = get("/api/secret", username="jsmith@example.com", password="xxsecretxx")
same(get("/api/secret", 403, username="jsmith@example.com", password="wrong"), '"Incorrect password"')
url = post("/api/login_url", username="jsmith@example.com", password="xxsecretxx", i=QUESTIONLESS)
same("/user/autologin?key=" in url, True)

# The questionless interview, as the page walks through it.
begun = get("/api/session/new", i=QUESTIONLESS)
same((begun["encrypted"], begun["i"]), (True, QUESTIONLESS))
names = {"i": QUESTIONLESS, "session": begun["session"], "secret": begun["secret"]}
lacks = {"message_log": [], "questionType": "undefined_variable"}
same(get("/api/session/question", **names), {**lacks, "variable": "favorite_number"})
told = post("/api/session", variables=json.dumps({"favorite_number": 42}), **names)
same(told, {**lacks, "variable": "user_agrees_to_waive_penalties"})
told = post_json("/api/session", variables={"user_agrees_to_waive_penalties": False}, **names)
same(told, {"final": True, "inhabitants": 3890})
same(get("/api/session", **names)["favorite_number"], 42)
same(post("/api/session/back", **names), {**lacks, "variable": "user_agrees_to_waive_penalties"})
post("/api/session", 204, variables=json.dumps({"user_agrees_to_waive_penalties": True}), question=0, **names)
same(get("/api/session/question", **names)["inhabitants"], 2)
post("/api/session", 204, delete_variables=json.dumps(["favorite_number", "inhabitant_count"]), question="0", **names)
same(get("/api/session/question", **names), {**lacks, "variable": "favorite_number"})
same(post("/api/session", 400, variables="{", **names), '"Malformed variables"')
same(post("/api/session", 400, variables="[]", **names), '"Variables data is not a dict"')
delete("/api/session", i=QUESTIONLESS, session=begun["session"])
same(get("/api/session/question", 400, **names), '"Unable to obtain interview dictionary"')
same(get("/api/session/new", 400), '"Parameter i is required"')

# Files in the Playground, and files in a session.
post("/api/playground", 204, folder="questions", files={"file": ("upload.yml", UPLOAD_TEXT)})
same(get("/api/playground", folder="questions"), ["upload.yml"])
begun = get("/api/session/new", i=UPLOAD, secret=secret)
names = {"i": UPLOAD, "session": begun["session"], "secret": secret}
question = get("/api/session/question", **names)
same(question["questionText"], "What do you have?")
several = [("evidence", ("a.txt", b"one")), ("evidence", ("b.txt", b"two"))]
same(post("/api/session", files=several, event_list=json.dumps(question["event_list"]), **names)["subquestionText"], "a.txt")
told = post("/api/session/action", action="tell", arguments=json.dumps({"by": "Jane"}), **names)
same(told["by"], "Jane")
post("/api/session/action", 204, action="forget", arguments=json.dumps({"by": "Jane"}), **names)
same(get(f"/api/file/{told['number']}", i=UPLOAD, session=begun["session"]), "one")
same(get("/api/file/999", 404, i=UPLOAD, session=begun["session"]), "File not found")
named = {"file_variables": json.dumps({"my_file": "evidence"})}
same(post("/api/session", files={"my_file": ("c.txt", b"three")}, **named, **names)["subquestionText"], "c.txt")
same(post("/api/session/action", 400, action="", **names), '"Parameters i, session, and action are required"')

# Lists of sessions.
for path in ["/api/interviews", "/api/user/interviews", "/api/user/1/interviews"]:
    listed = get(path, i=UPLOAD, secret=secret, include_dictionary=1)
    same([one["session"] for one in listed], [begun["session"]])
    same((listed[0]["valid"], listed[0]["dict"]["by"]), (True, "Jane"))
same(get("/api/interviews", tag="nobody has this"), [])
delete("/api/interviews", session=begun["session"])
delete("/api/user/interviews", i=UPLOAD)
delete("/api/user/1/interviews", tag="demo")
same(get("/api/user/interviews"), [])
delete("/api/playground", folder="questions", filename="upload.yml")
same(get("/api/playground", folder="questions"), [])
delete(user)
same([one["email"] for one in get("/api/user_list")], ["admin@example.com", "other@example.com"])

print(f"{calls} calls")
