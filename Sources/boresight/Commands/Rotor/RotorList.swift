import JSON

/// `boresight rotor list`.
enum RotorList {
    static let command = Command(
        "list", "List the rotors", options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, "/api/rotors")
        switch invocation.outputFormat {
        case .json: context.print(reply.value.text + "\n")
        case .table:
            let rotors = (reply.value.arrayValue ?? []).compactMap(\.objectValue)
            context.print(Table(header: header, rows: rotors.map(row)).text)
        }
        return .success
    }

    private static let header = [
        "id", "name", "type", "driver", "host", "azimuth", "elevation", "keep out",
    ]

    private static func row(_ rotor: JSONObject) -> [String] {
        [
            Words.text(rotor["id"]), Words.text(rotor["name"]), Words.text(rotor["rotor_type"]),
            Words.text(rotor["driver"]),
            Words.text(rotor["host"]) + ":" + Words.text(rotor["port"]),
            Words.text(rotor["min_azimuth"]) + "…" + Words.text(rotor["max_azimuth"], unit: "°"),
            Words.text(rotor["min_elevation"]) + "…"
                + Words.text(rotor["max_elevation"], unit: "°"),
            KeepOutText.text(rotor["keep_out"]),
        ]
    }
}
