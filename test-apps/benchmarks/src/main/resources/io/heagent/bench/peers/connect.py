# Arguments: host, port, times. Prints the milliseconds of each connect, with the delay of RFC 8305.
import asyncio
import sys
import time


async def main(host, port, times):
    for _ in range(times):
        begin = time.perf_counter()
        _, writer = await asyncio.open_connection(host, port, happy_eyeballs_delay=0.25)
        print((time.perf_counter() - begin) * 1000)
        writer.close()
        await writer.wait_closed()


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
