"""The peer: what a script that only searches would do. Prints messages and the median of five runs in ms."""
import mailbox
import re
import statistics
import sys
import time

LINE = re.compile(
    r"^\t(?:Issue introduced in (\S+) with commit (\S+)(?: and fixed in (\S+) with commit (\S+))?"
    r"|Fixed in (\S+) with commit (\S+))$",
    re.M,
)


def read(path):
    messages = pairs = 0
    for message in mailbox.mbox(path, create=False):
        messages += 1
        pairs += len(LINE.findall(message.get_payload()))
        str(message["Subject"])
    return messages


times = []
for _ in range(5):
    start = time.perf_counter()
    count = read(sys.argv[1])
    times.append((time.perf_counter() - start) * 1000)
print(count, statistics.median(times))
