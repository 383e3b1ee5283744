package import Drivers
import JSON

/// A device that exists in the station only.
package struct SimulatedParameters: Sendable, Equatable {
    /// What it does with commands; nil for what every simulated device does.
    package let script: SimulatedScript
    /// How long it is away after its connection was set up.
    package let unreachable: Duration
    package let timeout: Duration
    private let scriptJSON: JSONValue?

    init(_ fields: ParameterFields) throws(ConnectionParametersError) {
        unreachable = try fields.seconds("unreachable_seconds") ?? .zero
        timeout = try fields.timeout()
        guard let given = fields.json["script"], given != .null else {
            script = SimulatedScript()
            scriptJSON = nil
            return
        }
        guard let object = given.objectValue else {
            throw ConnectionParametersError(message: "\"script\" must be an object")
        }
        var steps: [DeviceOrder.Kind: [SimulatedScript.Step]] = [:]
        for kind in DeviceOrder.Kind.allCases {
            guard let list = object[kind.rawValue] else { continue }
            steps[kind] = try Self.steps(list, kind, fields.limits)
        }
        script = SimulatedScript(steps: steps)
        scriptJSON = given
    }

    private static func steps(
        _ list: JSONValue, _ kind: DeviceOrder.Kind, _ limits: CommandLimits
    ) throws(ConnectionParametersError) -> [SimulatedScript.Step] {
        guard let list = list.arrayValue, list.count <= limits.scriptSteps else {
            throw ConnectionParametersError(
                message: "\"script.\(kind.rawValue)\" must be a list of at most "
                    + "\(limits.scriptSteps) steps")
        }
        var steps: [SimulatedScript.Step] = []
        for value in list {
            guard let object = value.objectValue,
                let step = try Self.step(ParameterFields(object, limits))
            else {
                throw ConnectionParametersError(
                    message: "a step of \"script.\(kind.rawValue)\" must have one of "
                        + "\"output\", \"exit_code\", \"signal\" and \"failure\"")
            }
            steps.append(step)
        }
        return steps
    }

    private static func step(
        _ fields: ParameterFields
    ) throws(ConnectionParametersError) -> SimulatedScript.Step? {
        let after = try fields.seconds("after") ?? .zero
        if let text = try fields.optionalText("output") {
            return SimulatedScript.Step(after: after, .output(text))
        }
        if let code = try fields.read("exit_code", JSONObject.optionalInteger) {
            return SimulatedScript.Step(after: after, .end(exitCode: Int(clamping: code)))
        }
        if let name = try fields.optionalText("signal") {
            return SimulatedScript.Step(after: after, .signal(name))
        }
        if let reason = try fields.optionalText("failure") {
            return SimulatedScript.Step(after: after, .fail(reason))
        }
        return nil
    }

    var json: JSONObject {
        var json: JSONObject = [:]
        if let scriptJSON { json["script"] = scriptJSON }
        json["unreachable_seconds"] = ParameterFields.json(seconds: unreachable)
        json["timeout"] = ParameterFields.json(seconds: timeout)
        return json
    }
}
