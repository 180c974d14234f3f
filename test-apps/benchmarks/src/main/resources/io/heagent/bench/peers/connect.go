// Arguments: host, port, times. Prints the milliseconds of each connect.
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func main() {
	times, _ := strconv.Atoi(os.Args[3])
	for i := 0; i < times; i++ {
		begin := time.Now()
		conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(float64(time.Since(begin).Microseconds()) / 1000)
		conn.Close()
	}
}
