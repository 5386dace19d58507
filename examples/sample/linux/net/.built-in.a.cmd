savedcmd_net/built-in.a := rm -f net/built-in.a;  printf "net/%s " core/built-in.a | xargs ar cDPrST net/built-in.a
