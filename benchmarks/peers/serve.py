"""Runs named tasks on request: a name a line in, {"seconds", "processor", "value"} a line out."""

import json
import sys
import time


def say(answer):
    print(json.dumps(answer), flush=True)


def serve(prepare):
    """`prepare` imports what it needs and returns the tasks by name; a task that knows its own time returns (value, seconds)."""
    try:
        tasks = prepare(*sys.argv[1:])
    except ImportError as error:
        say({"missing": str(error)})
        return
    say({"tasks": list(tasks)})
    for line in sys.stdin:
        start, used = time.perf_counter(), time.process_time()
        value = tasks[line.strip()]()
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        if isinstance(value, tuple):
            value, seconds = value
        say({"seconds": seconds, "processor": processor, "value": float(value)})
