#!/usr/bin/env python3
"""atlas: answers GraphQL about places. It reads fields, arguments and variables; fragments and directives are not for an example."""
import json, re, sys, urllib.request
sys.path.insert(0, "/app")
import grpc, kit
from kit import Refused, setting

PLACES = {"Bern": "CH", "Lima": "PE", "Oslo": "NO"}
TOKEN = re.compile(r'[ \t\r\n,]+|#[^\n]*|(\.\.\.|[{}()\[\]:$!=@|]|"(?:[^"\\\n]|\\.)*"|-?[0-9]+|[A-Za-z_][A-Za-z0-9_]*)')
DEEPEST = 10


class Query:
    """The selections of one operation: [(answer's name, field, arguments, selections)]."""
    def __init__(self, text, variables):
        self.words, self.variables, at = [], variables, 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise Refused(400, f"cannot read the query at {at}")
            at = found.end()
            if found.group(1):
                self.words.append(found.group(1))
        if self.next() != "{" if self.words[:1] == ["{"] else not self.head():
            raise Refused(400, "only queries are answered")
        self.fields = self.selections(1)

    def head(self):
        """query Name($a: Type) {"""
        if self.next() != "query":
            return False
        while self.next() != "{":
            pass
        return True

    def next(self):
        if not self.words:
            raise Refused(400, "the query ends too early")
        return self.words.pop(0)

    def selections(self, depth):
        if depth > DEEPEST:
            raise Refused(400, "the query is too deep")
        fields = []
        while (name := self.next()) != "}":
            if name == "...":
                raise Refused(400, "fragments are not for an example")
            shown = name
            if self.words[:1] == [":"]:
                self.next()
                name = self.next()
            arguments = self.arguments() if self.words[:1] == ["("] else {}
            inner = None
            if self.words[:1] == ["{"]:
                self.next()
                inner = self.selections(depth + 1)
            fields.append((shown, name, arguments, inner))
        return fields

    def arguments(self):
        self.next()
        arguments = {}
        while (name := self.next()) != ")":
            if self.next() != ":":
                raise Refused(400, "an argument has a name, a colon and a value")
            value = self.next()
            arguments[name] = self.variables.get(self.next()) if value == "$" else value[1:-1] if value[0] == '"' else int(value) if re.fullmatch("-?[0-9]+", value) else value
        return arguments


def celsius(place, day=0):
    """Nothing when forecast does not answer: an atlas is of use without it."""
    try:
        reply = grpc.call(setting("FORECAST_URL"), "/weather.forecast.v1.ForecastService/Forecast", grpc.encode([(1, place), (2, int(day))]), kit.seconds("FORECAST_TIMEOUT", "200ms"))
        return grpc.decode(reply).get(1, [0])[0]
    except Exception as error:
        kit.log("no forecast", place=place, why=str(error))
        return None


def stations(place):
    """Nothing when stations does not answer."""
    try:
        with urllib.request.urlopen(setting("STATIONS_URL") + "/stations", timeout=kit.seconds("STATIONS_TIMEOUT", "100ms")) as reply:
            return [it["id"] for it in json.load(reply)["items"] if it["place"] == place]
    except Exception as error:
        kit.log("no stations", place=place, why=str(error))
        return []


def place_of(name, fields):
    known = {"name": lambda: name, "country": lambda: PLACES[name], "celsius": lambda **a: celsius(name, **a), "stations": lambda: stations(name), "__typename": lambda: "Place"}
    return {shown: resolve(known, "Place", field, arguments) for shown, field, arguments, _ in fields or ()}


def resolve(known, kind, field, arguments):
    if field not in known:
        raise Refused(400, f"{kind} has no field {field}")
    return known[field](**arguments)


def answer(request):
    body = request.body()
    try:
        data = {}
        for shown, field, arguments, inner in Query(str(body.get("query", "")), body.get("variables") or {}).fields:
            data[shown] = resolve({
                "places": lambda: [place_of(name, inner) for name in sorted(PLACES)],
                "place": lambda name: place_of(name, inner) if name in PLACES else None,
                "__typename": lambda: "Query",
            }, "Query", field, arguments)
        return {"data": data}
    except (Refused, TypeError, ValueError) as error:
        return {"errors": [{"message": str(error)}]}


if __name__ == "__main__":
    kit.serve([("POST", "/graphql", answer)])
