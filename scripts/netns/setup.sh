# Makes the lab's hosts in the namespace it runs in; sourced by bin/java there, as its root.
# Host number n is 10.99.0.n and 2001:db8:99::n (the enum io.heagent.testkit.net.NetworkNamespace):
#   1 2 good   3 dropped   4 host unreachable   5 net unreachable   6 prohibited   7 port unreachable
#   8 reset    9 slow 100 ms   13 25 ms   14 400 ms   11 loses every first SYN (connects after 1 s)
# 10.99.1.0/24 and 2001:db8:91::/64 are unreachable by route; anything else has no route.
# 2001:db8:64::/96 is a NAT64 translator's prefix, all of it this host; 64:ff9b::/96 makes the host one with
# IPv6 to the Internet, which it hasn't for IPv4.
# 2001:db8::/32 and not fd00::/8: address selection ranks ULA below IPv4.
# 2d00:99::1, ::3 and ::8 are good, dropped and reset too: addresses that count as public (2001:db8::/32 is reserved), of
# a block that nobody has been given.

ip link set lo up
{
  for n in 1 2 3 4 5 6 7 8 9 11 13 14; do
    echo "addr add 10.99.0.$n/32 dev lo"
    echo "addr add 2001:db8:99::$n/128 dev lo nodad"
  done
  for n in 1 3 8; do
    echo "addr add 2d00:99::$n/128 dev lo nodad"
  done
  echo "route add unreachable 10.99.1.0/24"
} | ip -batch -
ip -6 route add unreachable 2001:db8:91::/64
ip -6 route add local 2001:db8:64::/96 dev lo
ip -6 route add local 64:ff9b::/96 dev lo

# Only SYNs: on lo source and destination are one host, so a rejected answer would hit the rule too.
nft -f - <<'RULES'
table inet lab {
  set drop4 { type ipv4_addr; elements = { 10.99.0.3 } }
  set drop6 { type ipv6_addr; elements = { 2001:db8:99::3, 2d00:99::3 } }
  chain syn {
    ip daddr @drop4 counter drop
    ip6 daddr @drop6 counter drop
    ip daddr 10.99.0.4 reject with icmp type host-unreachable
    ip daddr 10.99.0.5 reject with icmp type net-unreachable
    ip daddr 10.99.0.6 reject with icmp type admin-prohibited
    ip daddr 10.99.0.7 reject with icmp type port-unreachable
    ip daddr 10.99.0.8 reject with tcp reset
    ip6 daddr 2001:db8:99::4 reject with icmpv6 type addr-unreachable
    ip6 daddr 2001:db8:99::5 reject with icmpv6 type no-route
    ip6 daddr 2001:db8:99::6 reject with icmpv6 type admin-prohibited
    ip6 daddr 2001:db8:99::7 reject with icmpv6 type port-unreachable
    ip6 daddr { 2001:db8:99::8, 2d00:99::8 } reject with tcp reset
    ip daddr 10.99.0.11 numgen inc mod 2 == 0 drop
    ip6 daddr 2001:db8:99::11 numgen inc mod 2 == 0 drop
  }
  chain input {
    type filter hook input priority 0; policy accept;
    tcp flags & (syn | ack) == syn jump syn
  }
}
RULES

delay() { # host number, milliseconds
  iptables -w -A INPUT -p tcp --syn -d "10.99.0.$1" -j NFQUEUE --queue-num "$2"
  ip6tables -w -A INPUT -p tcp --syn -d "2001:db8:99::$1" -j NFQUEUE --queue-num "$2"
}
delay 9 100
delay 13 25
delay 14 400

# ICMP errors 1 ms late: made inline they find the socket locked by connect(2) and only count at the
# next SYN, a second later. On a real network they never come that early.
iptables -w -A OUTPUT -p icmp --icmp-type destination-unreachable -j NFQUEUE --queue-num 1
ip6tables -w -A OUTPUT -p icmpv6 --icmpv6-type destination-unreachable -j NFQUEUE --queue-num 1

exec 3< <(exec /usr/bin/python3 "$LAB_DIR/nfqdelay.py" 1 25 100 400 </dev/null)
read -r -t 20 ready <&3
exec 3<&-
[ "$ready" = ready ]
