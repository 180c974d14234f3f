#!/usr/bin/python3
"""nfqdelay.py MS [MS ...]: binds NFQUEUE number MS for each argument and lets every packet that comes
there go on MS milliseconds later. The kernel of a small machine often has no netem; this needs only
the standard library and CAP_NET_ADMIN in its own network namespace. Prints "ready" when it is; ends
with the process that started it."""
import heapq
import os
import select
import socket
import struct
import sys
import time

NFNL_SUBSYS_QUEUE = 3
MSG_PACKET, MSG_VERDICT, MSG_CONFIG = 0, 1, 2
ATTR_CFG_CMD, ATTR_CFG_PARAMS, ATTR_CFG_QUEUE_MAXLEN = 1, 2, 3
ATTR_PACKET_HDR, ATTR_VERDICT_HDR = 1, 2
NLM_F_REQUEST, NLM_F_ACK = 1, 4
NF_ACCEPT = 1
COPY_META = 1
CMD_BIND = 1

parent = os.getppid()
netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
netlink.bind((0, 0))
netlink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)


def attribute(kind, body):
    return struct.pack('=HH', 4 + len(body), kind) + body + b'\0' * (-len(body) % 4)


def send(kind, queue, payload, flags):
    body = struct.pack('=BB', 0, 0) + struct.pack('>H', queue) + payload
    header = struct.pack('=IHHII', 16 + len(body), (NFNL_SUBSYS_QUEUE << 8) | kind, flags, 0, 0)
    netlink.send(header + body)


def configure(queue, payload):
    send(MSG_CONFIG, queue, payload, NLM_F_REQUEST | NLM_F_ACK)
    error = struct.unpack_from('=i', netlink.recv(65536), 16)[0]
    if error:
        sys.exit('nfnetlink error %d' % error)


def packet_ids(datagram):
    """The (queue, packet id) pairs of the packets announced in one datagram."""
    offset = 0
    while offset + 16 <= len(datagram):
        length, kind = struct.unpack_from('=IH', datagram, offset)
        if kind == (NFNL_SUBSYS_QUEUE << 8) | MSG_PACKET:
            queue = struct.unpack_from('>H', datagram, offset + 18)[0]
            at = offset + 20
            while at < offset + length:
                size, attr = struct.unpack_from('=HH', datagram, at)
                if attr & 0x7fff == ATTR_PACKET_HDR:
                    yield queue, struct.unpack_from('>I', datagram, at + 4)[0]
                at += (size + 3) & ~3
        offset += (length + 3) & ~3


for milliseconds in map(int, sys.argv[1:]):
    configure(milliseconds, attribute(ATTR_CFG_CMD, struct.pack('>BBH', CMD_BIND, 0, 0)))
    configure(milliseconds, attribute(ATTR_CFG_PARAMS, struct.pack('>IB', 0, COPY_META)))
    configure(milliseconds, attribute(ATTR_CFG_QUEUE_MAXLEN, struct.pack('>I', 65536)))
netlink.setblocking(False)
print('ready', flush=True)
# Whoever reads the JVM's output waits for the last process that holds it open.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

due = []
count = 0
while os.getppid() == parent:
    now = time.monotonic()
    while due and due[0][0] <= now:
        _, _, queue, packet = heapq.heappop(due)
        verdict = attribute(ATTR_VERDICT_HDR, struct.pack('>II', NF_ACCEPT, packet))
        send(MSG_VERDICT, queue, verdict, NLM_F_REQUEST)
    wait = due[0][0] - time.monotonic() if due else 0.2
    readable, _, _ = select.select([netlink], [], [], max(0.0, min(wait, 0.2)))
    if not readable:
        continue
    try:
        datagram = netlink.recv(1 << 20)
    except BlockingIOError:
        continue
    arrived = time.monotonic()
    for queue, packet in packet_ids(datagram):
        count += 1
        heapq.heappush(due, (arrived + queue / 1000.0, count, queue, packet))
