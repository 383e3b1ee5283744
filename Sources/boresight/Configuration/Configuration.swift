import JSON

/// The settings of this run, and what an operator should know about how they came to be.
struct Configuration: Sendable {
    let settings: Settings
    let layers: SettingLayers
    /// The configuration file that was read.
    let file: String?
    /// Variables of our prefix that name no setting.
    ///
    /// Not an error: container platforms set such variables by themselves (`BORESIGHT_PORT=tcp:…`).
    let unknownVariables: [String]

    /// The options that name the configuration file, for every command that reads settings.
    static let fileOption = Option<String>(
        "config", short: "c", placeholder: "FILE",
        "read this file (JSON5) and not ~/.config/boresight/boresight.json or "
            + "/etc/boresight/boresight.json")

    static func load(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> Configuration {
        let environment = context.environment
        let named = invocation[fileOption] ?? environment[ConfigurationPath.environmentName]
        let file = try read(named, context)
        let layers = SettingLayers(
            optionTexts: invocation.optionTexts, environment: environment,
            file: file?.texts ?? [:])
        return Configuration(
            settings: try Settings(layers, environment: environment), layers: layers,
            file: file?.path, unknownVariables: unknownVariables(environment))
    }

    private static func read(
        _ named: String?, _ context: CommandContext
    ) throws(CommandFailure) -> (path: String, texts: [String: [SettingText]])? {
        let candidates =
            named.map { [$0] } ?? ConfigurationPath.candidates(in: context.environment)
        for path in candidates {
            let bytes: [UInt8]
            do {
                bytes = try context.readFile(path, JSON5Limits().bytes)
            } catch {
                if error.isMissing, named == nil { continue }
                throw CommandFailure(.configuration, "\(path): \(error.message)")
            }
            return (path, try ConfigurationFile.read(bytes, path: path))
        }
        return nil
    }

    private static func unknownVariables(_ environment: [String: String]) -> [String] {
        let known = Settings.all.map(\.environmentName) + [ConfigurationPath.environmentName]
        return environment.keys.filter {
            $0.hasPrefix(SettingDeclaration.environmentPrefix) && !known.contains($0)
        }.sorted()
    }
}
