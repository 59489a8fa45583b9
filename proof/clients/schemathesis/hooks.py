"""What Schemathesis cannot know of the wallet and its payments service."""

import re
from datetime import datetime, timezone

import schemathesis

# A schema cannot say that a currency is none, a cursor nobody's, an amount finer than its currency, a method no
# provider's, or a reason but blanks.
BEYOND_A_SCHEMA = {
    "unknown_currency",
    "invalid_cursor",
    "amount_not_positive",
    "amount_precision",
    "reason_required",
    "invalid_method",
}


# The services also take numbers here, which the documents keep from generated clients: no wrong answer.
ALSO_NUMBERS = {
    "amount",
    "bank_transaction_id",
    "from_user_id",
    "initiated_by",
    "order_id",
    "related_order_id",
    "to_user_id",
    "user_id",
}


def has_number(body):
    """Whether a number stands where the document has a string and the services take both."""
    if isinstance(body, list):
        return any(has_number(item) for item in body)
    if isinstance(body, dict):
        return any(
            isinstance(value, (int, float)) and field in ALSO_NUMBERS or has_number(value)
            for field, value in body.items()
        )
    return False


def says_nothing(case):
    """Whether a field of a new wallet is null, which is as if it were left out."""
    body = case.body
    return case.operation.path == "/wallets" and isinstance(body, dict) and None in body.values()


@schemathesis.hook
def filter_case(context, case):
    return not has_number(case.body) and not says_nothing(case)


# RFC 3339 has offsets of up to 23:59; no place on earth is that far from Greenwich, and Java knows none.
FAR_OFFSET = re.compile(r"[+-](1[89]|2[0-3]):\d\d$")


FRACTION = re.compile(r"\.(\d{1,6})\d*")


def time_of(text):
    """An RFC 3339 time to the microsecond; None when it is none."""
    try:
        time = FRACTION.sub(lambda digits: "." + digits[1].ljust(6, "0"), str(text))
        return datetime.fromisoformat(time.upper())
    except ValueError:
        return None


def is_before(one, other):
    return one is not None and other is not None and one < other


def is_out_of_this_world(problem, case):
    """Whether the document allows only by accident what the service refuses."""
    field = problem.get("field")
    if field in ("from", "to", "at"):
        query = case.query or {}
        return (
            FAR_OFFSET.search(str(query.get(field))) is not None
            or field == "at" and is_before(datetime.now(timezone.utc), time_of(query.get("at")))
            or is_before(time_of(query.get("to")), time_of(query.get("from")))
        )
    # All or nothing, and some of them nevertheless.
    if field == "partial":
        return case.body["atomic"] is True
    # What is left of a wallet, to that wallet.
    if field == "sweep_to":
        if "index" not in problem:
            return case.body["sweep_to"] == case.path_parameters["user_id"]
        command = case.body["commands"][problem["index"]]
        return command["sweep_to"] == command["user_id"]
    # A key for the whole batch, and one for a command in it.
    return field == "idempotency_key" and "index" in problem


@schemathesis.check
def what_the_document_allows_is_understood(ctx, response, case):
    """A request of the document's form is never malformed; the books may still refuse it."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code not in (400, 413, 415):
        return
    problem = response.json()
    if problem["code"] not in BEYOND_A_SCHEMA and not is_out_of_this_world(problem, case):
        raise AssertionError(f"The document allows this, the service does not: {response.text}")


@schemathesis.check
def codes_are_those_of_the_document(ctx, response, case):
    """A problem has one of the codes that its status has in this operation."""
    if not response.headers.get("content-type", [""])[0].startswith("application/problem+json"):
        return
    documented = case.operation.schema.raw_schema
    answers = case.operation.definition.raw["responses"]
    answer = answers.get(str(response.status_code))
    if answer is None:
        return
    while "$ref" in answer:
        found = documented
        for step in answer["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        answer = found
    code = response.json()["code"]
    if code not in answer.get("x-codes", [code]):
        raise AssertionError(f"{code} is not one of {answer['x-codes']}")
