/// What a simulated device does with orders.
package struct SimulatedScript: Sendable, Equatable {
    /// One thing that the device does, a while after the one before.
    package struct Step: Sendable, Equatable {
        package enum Action: Sendable, Equatable {
            case output(String)
            case end(exitCode: Int)
            case signal(String)
            /// The connection is lost, or the like: the order fails with this reason.
            case fail(String)
        }

        package let after: Duration
        package let action: Action

        package init(after: Duration = .zero, _ action: Action) {
            self.after = after
            self.action = action
        }
    }

    /// What is written for a kind of order; the others get the script that every device has.
    package var steps: [DeviceOrder.Kind: [Step]]

    package init(steps: [DeviceOrder.Kind: [Step]] = [:]) {
        self.steps = steps
    }

    func steps(for order: DeviceOrder) -> [Step] {
        steps[order.kind] ?? Self.common(order)
    }

    /// Believable enough to try a client with: output in pieces, with pauses.
    private static func common(_ order: DeviceOrder) -> [Step] {
        switch order {
        case .custom(let text):
            [
                Step(after: .milliseconds(200), .output("simulated device: \(text)\n")),
                Step(after: .milliseconds(400), .output("1 of 3\n")),
                Step(after: .milliseconds(400), .output("2 of 3\n")),
                Step(after: .milliseconds(400), .output("3 of 3\n")),
            ]
        case .reboot:
            [
                Step(after: .milliseconds(300), .output("going down\n")),
                Step(after: .seconds(2), .output("up again\n")),
            ]
        case .changePassword: [Step(after: .milliseconds(300), .output("password changed\n"))]
        case .point(let azimuth, let elevation):
            [
                Step(
                    after: .milliseconds(200),
                    .output("turning to \(text(azimuth)), \(text(elevation))\n")),
                Step(after: .seconds(2), .output("there\n")),
            ]
        case .stop: [Step(after: .milliseconds(50), .output("stopped\n"))]
        case .park:
            [
                Step(after: .milliseconds(200), .output("turning to the parking position\n")),
                Step(after: .seconds(2), .output("parked\n")),
            ]
        }
    }

    private static func text(_ degrees: Double) -> String {
        RotctldCommand.isSendable(degrees: degrees) ? TwoDecimals.text(degrees) : "nowhere"
    }
}
