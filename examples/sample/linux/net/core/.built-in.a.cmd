savedcmd_net/core/built-in.a := rm -f net/core/built-in.a;  printf "net/core/%s " sock.o | xargs ar cDPrST net/core/built-in.a
