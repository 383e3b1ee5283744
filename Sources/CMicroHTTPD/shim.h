#pragma once
// What Swift cannot call in libmicrohttpd: variadic functions, and enums that it does not import.
#include <microhttpd.h>
#include <arpa/inet.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

// How a daemon is started. Everything stays owned by the caller; the strings must outlive it.
struct cmhd_configuration {
    int listen_socket;
    const char *tls_certificate;  // PEM chain, or NULL for plain HTTP
    const char *tls_key;          // PEM
    size_t header_memory_bytes;   // a connection's memory, which bounds its headers
    unsigned int connections_max;
    unsigned int idle_timeout_seconds;
    void *context;  // handed to every callback; the caller keeps it alive until cmhd_stop
    MHD_AccessHandlerCallback on_request;
    MHD_RequestCompletedCallback on_completed;
    MHD_NotifyConnectionCallback on_connection;
    void *(*on_target)(void *context, const char *target, struct MHD_Connection *connection);
};

static inline void cmhd_ignore_log(void *context, const char *format, va_list arguments) {
    (void)context;
    (void)format;
    (void)arguments;
}

// Leaves escapes in paths alone: the router decodes them after it has split the path.
static inline size_t cmhd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

// Starts a daemon without a thread, driven by its epoll descriptor. NULL when it cannot.
static inline struct MHD_Daemon *cmhd_start(const struct cmhd_configuration *c) {
    unsigned int flags = MHD_USE_EPOLL | MHD_ALLOW_UPGRADE | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)c->tls_key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)c->tls_certificate},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    if (c->tls_certificate) flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, c->on_request, c->context,
        MHD_OPTION_EXTERNAL_LOGGER, cmhd_ignore_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, c->listen_socket,
        MHD_OPTION_NOTIFY_COMPLETED, c->on_completed, c->context,
        MHD_OPTION_NOTIFY_CONNECTION, c->on_connection, c->context,
        MHD_OPTION_URI_LOG_CALLBACK, c->on_target, c->context,
        MHD_OPTION_UNESCAPE_CALLBACK, cmhd_keep_escapes, NULL,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, c->header_memory_bytes,
        MHD_OPTION_CONNECTION_LIMIT, c->connections_max,
        MHD_OPTION_CONNECTION_TIMEOUT, c->idle_timeout_seconds,
        // Refuses what RFC 9112 forbids, such as a duplicate Host.
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_ARRAY, c->tls_certificate ? tls : none,
        MHD_OPTION_END);
}

// The daemon's epoll descriptor, owned by it; -1 when it has none.
static inline int cmhd_epoll_descriptor(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info ? info->epoll_fd : -1;
}

// The connection's socket, owned by the daemon; -1 when it has none.
static inline int cmhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

// Writes the client's numeric address; false when it is not known.
static inline bool cmhd_client_address(struct MHD_Connection *connection, char *text, size_t bytes) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return false;
    const struct sockaddr *address = info->client_addr;
    if (address->sa_family == AF_INET)
        return inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, (socklen_t)bytes);
    if (address->sa_family == AF_INET6)
        return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text, (socklen_t)bytes);
    return false;
}

// A response whose body is copied.
static inline struct MHD_Response *cmhd_response(const void *body, size_t bytes) {
    return MHD_create_response_from_buffer(bytes, (void *)body, MHD_RESPMEM_MUST_COPY);
}

// Closes an upgraded socket; `handle` is dead afterwards.
static inline void cmhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
    MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

static inline bool cmhd_has_started(enum MHD_ConnectionNotificationCode code) {
    return code == MHD_CONNECTION_NOTIFY_STARTED;
}
