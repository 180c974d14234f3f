// Arguments: host, port, times. Prints the milliseconds of each connect. Races by default since Node 20.
const net = require('net')

const [host, port, times] = process.argv.slice(2)

function connect(left) {
  if (left === 0) return
  const begin = process.hrtime.bigint()
  const socket = net.connect({ host, port: Number(port), autoSelectFamily: true }, () => {
    console.log(Number(process.hrtime.bigint() - begin) / 1e6)
    socket.destroy()
    connect(left - 1)
  })
}

connect(Number(times))
