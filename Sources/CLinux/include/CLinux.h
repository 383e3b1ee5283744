#pragma once
// Linux interfaces that the Glibc module map leaves out or that Swift cannot import.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
