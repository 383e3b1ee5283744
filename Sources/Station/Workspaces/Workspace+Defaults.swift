import Drivers
import Engine

extension Workspace {
    /// What a fresh station offers, for an administrator to change: the five of the original, with
    /// stand-ins behind them.
    static func defaults(createdAt: UTCTime) -> [Workspace] {
        let defaults = [
            workspace(
                "ws-sap-neogenesys", "SAP Neogénesys", "html5", "The company's SAP system.",
                cpu: "4 vCPU", memory: "8 GB", storage: "100 GB", icon: "building"),
            workspace(
                "ws-remote-desktop", "Remote Desktop", "rdp", "A Windows desktop.",
                cpu: "4 vCPU", memory: "8 GB", storage: "120 GB", icon: "monitor"),
            workspace(
                "ws-1panel", "1Panel", "web", "Administration of servers in a browser.",
                cpu: "2 vCPU", memory: "4 GB", storage: "40 GB", icon: "server"),
            workspace(
                "ws-linux-desktop", "Linux Desktop", "linux", "A Linux desktop.",
                cpu: "2 vCPU", memory: "4 GB", storage: "50 GB", icon: "terminal"),
            workspace(
                "ws-secure-browser", "Secure Browser", "browser",
                "A browser that leaves nothing behind.",
                cpu: "2 vCPU", memory: "2 GB", storage: "10 GB", icon: "globe"),
        ]
        return defaults.enumerated().map { index, workspace in
            // One after the other, so that a list has them in this order.
            Workspace(
                id: workspace.id, description: workspace.description, availability: .available,
                driver: .simulated(SimulatedWorkspaceSettings()), rules: Rules(),
                createdAt: createdAt.advanced(by: .nanoseconds(index)))
        }
    }

    private static func workspace(
        _ id: String, _ name: String, _ type: String, _ text: String, cpu: String, memory: String,
        storage: String, icon: String
    ) -> (id: String, description: Description) {
        var description = Description(name: name, type: type)
        description.text = text
        (description.cpu, description.memory, description.storage) = (cpu, memory, storage)
        description.connectionType = type
        description.icon = icon
        return (id, description)
    }
}
