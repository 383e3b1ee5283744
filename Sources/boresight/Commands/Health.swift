import JSON

/// `boresight health`: how the drivers are.
enum Health {
    static let command = Command(
        "health", "Show how every driver is, and how old its values are",
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, "/v1/health")
        context.print(reply.text(as: invocation.outputFormat, describe))
        return .success
    }

    private static func describe(_ health: JSONObject) -> String {
        let drivers = (health["drivers"]?.arrayValue ?? []).compactMap(\.objectValue)
        return Table(
            header: ["kind", "name", "state", "value", "reading", "age"],
            rows: drivers.flatMap(rows)
        ).text
    }

    /// One for the state and one for each value, with the driver's name before the first.
    private static func rows(_ driver: JSONObject) -> [[String]] {
        let head = ["kind", "name", "state"].map { Words.text(driver[$0]) }
        var lines: [[String]] = []
        let stateAge = driver["stateAgeSeconds"]
        if driver["detail"] != nil || stateAge != nil {
            lines.append(["state", Words.text(driver["detail"] ?? driver["state"]), age(stateAge)])
        }
        for value in (driver["values"]?.arrayValue ?? []).compactMap(\.objectValue) {
            let unit = units[value["unit"]?.stringValue ?? ""] ?? ""
            lines.append([
                Words.text(value["name"]), Words.text(value["value"], unit: unit),
                age(value["ageSeconds"]),
            ])
        }
        if lines.isEmpty { lines = [["-", "-", "-"]] }
        return lines.enumerated().map { ($0 == 0 ? head : ["", "", ""]) + $1 }
    }

    private static let units = ["degree": "°", "metre": " m", "second": " s"]

    private static func age(_ value: JSONValue?) -> String { Words.text(value, unit: " s") }
}
