import JSON

/// `boresight location trail`: where it was.
enum LocationTrail {
    private enum Format: String, TextChoice {
        case geojson
        case gpx
        case csv
    }

    private static let since = Option<PastTime>("since", "nothing earlier")
    private static let until = Option<PastTime>("until", "nothing later")
    private static let format = Option<Format>(
        "format", default: "geojson", "for a map, a GPS program or a table")
    private static let file = Option<String>(
        "to", placeholder: "FILE", default: "standard output", "write it here")

    static let command = Command(
        "trail", "Write down where a location was",
        discussion: "A TIME is RFC 3339 in UTC, or how long ago: '--since 2h'.",
        arguments: [LocationName.argument.declaration],
        options: [
            since.declaration, until.declaration, format.declaration, file.declaration,
            Organizations.option.declaration,
        ] + ServerAPI.connectionOptions,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let id = try LocationName.find(invocation, api).id
        var query = ["format=\((invocation[format] ?? .geojson).rawValue)"]
        for (name, option) in [("since", since), ("until", until)] {
            guard let moment = invocation[option] else { continue }
            query.append("\(name)=" + PathSegment.encoded(moment.text(context.now())))
        }
        let trail = try api.bytes(of: "/v1/locations/\(id)/trail?" + query.joined(separator: "&"))
        guard let file = invocation[file], file != "-" else {
            let text = String(decoding: trail, as: UTF8.self)
            // By bytes: a carriage return and a line feed are one character.
            context.print(trail.last == UInt8(ascii: "\n") ? text : text + "\n")
            return .success
        }
        try FileReplacement.write(trail, to: file)
        context.print("\(file): \(Words.count(trail.count, "byte"))\n")
        return .success
    }
}
