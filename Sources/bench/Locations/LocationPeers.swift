/// The servers that do what the location sockets do, in other ways.
enum LocationPeers {
    /// Where a peer is told of a tick and where it is heard.
    static let path = "/ws/loci/location/"

    /// node with the `ws` package of Debian.
    static func node() throws -> (process: PeerProcess, port: UInt16) {
        try start(
            ["node", "-e", nodeSource], ["NODE_PATH": "/usr/share/nodejs"],
            "no node or node-ws: Scripts/install-packages bench")
    }

    /// Django Channels with its in-memory layer, served by uvicorn: the original's way.
    static func channels() throws -> (process: PeerProcess, port: UInt16) {
        try start(
            ["python3", "-c", channelsSource],
            ["PYTHONPATH": BenchServer.root + "/.build/bench-python"],
            "no channels or uvicorn: ./dev bench installs them")
    }

    private static func start(
        _ words: [String], _ environment: [String: String], _ advice: String
    ) throws -> (process: PeerProcess, port: UInt16) {
        let process = try PeerProcess(words, environment: environment)
        guard let port = UInt16(process.firstLine) else { throw BenchFailure(description: advice) }
        return (process, port)
    }

    private static let nodeSource = """
        const http = require("http"), { WebSocketServer } = require("ws");
        const server = http.createServer((request, response) => {
          const parts = [];
          request.on("data", (part) => parts.push(part));
          request.on("end", () => {
            const tick = Buffer.concat(parts).toString();
            for (const socket of sockets.clients) socket.send(tick);
            response.setHeader("Content-Length", 0);
            response.end();
          });
        });
        const sockets = new WebSocketServer({ server });
        server.listen(0, "127.0.0.1", () => console.log(server.address().port));
        """

    private static let channelsSource = """
        import asyncio, socket, sys
        from django.conf import settings
        settings.configure(CHANNEL_LAYERS={"default": {
            "BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000000}}})
        from channels.generic.websocket import AsyncWebsocketConsumer
        from channels.layers import get_channel_layer
        import uvicorn

        class Ticks(AsyncWebsocketConsumer):
            groups = ["all"]
            async def tick(self, event):
                await self.send(text_data=event["text"])

        consumer = Ticks.as_asgi()

        async def application(scope, receive, send):
            if scope["type"] == "websocket":
                return await consumer(scope, receive, send)
            if scope["type"] != "http":
                return
            body, more = b"", True
            while more:
                part = await receive()
                body += part.get("body", b"")
                more = part.get("more_body", False)
            await get_channel_layer().group_send("all", {"type": "tick", "text": body.decode()})
            await send({"type": "http.response.start", "status": 200,
                        "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off",
            ws_ping_interval=None))
        asyncio.run(server.serve(sockets=[listener]))
        """
}
