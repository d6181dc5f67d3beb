"""Switching faults on and off, for whoever has the control key."""

from flask import Response, jsonify, request

from consentry.collector.admission import demand_control
from consentry.collector.card import Credentials
from consentry.collector.database import Database
from consentry.collector.faults import read_switch, switch, switched
from consentry.collector.json_body import read_json


def show_switch(database: Database, credentials: Credentials) -> Response:
    """The fault that is on, and how often it will show yet. Raises RefusedError."""
    demand_control(credentials)
    return jsonify(switched(database).as_json())


def turn_switch(database: Database, credentials: Credentials) -> Response:
    """Switch to the fault that the body names. Raises RefusedError and FlawedError."""
    demand_control(credentials)
    switch(database, read_switch(read_json(request.get_data())))
    return show_switch(database, credentials)
