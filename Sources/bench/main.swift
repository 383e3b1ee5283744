import Glibc

// boresight's benchmark: each figure beside a peer measured in the same run.
setvbuf(stdout, nil, _IOLBF, 0)
exit(Bench.run(Array(CommandLine.arguments.dropFirst())))
