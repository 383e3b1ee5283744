import Drivers
import Glibc
import Testing

@Suite struct RotctldCommandTests {
    @Test(arguments: [
        (RotctldCommand.dumpState, "\\dump_state\n", "\\dump_state\n"),
        (.getPosition, "+\\get_pos\n", "p\n"),
        (
            .setPosition(azimuthDegrees: 12.344, elevationDegrees: 5), "+\\set_pos 12.34 5.00\n",
            "P 12.34 5.00\n"
        ),
        (
            .setPosition(azimuthDegrees: -0.001, elevationDegrees: -179.996),
            "+\\set_pos 0.00 -180.00\n", "P 0.00 -180.00\n"
        ),
        (.stop, "+\\stop\n", "S\n"),
        (.park, "+\\park\n", "K\n"),
    ])
    func `a command is one line in either dialect`(
        command: RotctldCommand, extended: String, plain: String
    ) {
        #expect(command.bytes(in: .extended) == bytes(extended))
        #expect(command.bytes(in: .plain) == bytes(plain))
    }

    @Test func `angles are written as C's %.2f writes them, halves and near halves included`() {
        var values = (0..<20_000).map { Double($0) * 0.005 - 20 }
        values += values.flatMap { [$0.nextUp, $0.nextDown] }
        values += [0.125, 0.375, 1.005, 1.115, 2.675, 359.995, 3600, -3600, 0.004999999999999999]
        for value in values {
            let line = RotctldCommand.setPosition(azimuthDegrees: value, elevationDegrees: 0)
                .bytes(in: .plain)
            let expected = printed(value)
            let noNegativeZero = expected == "-0.00" ? "0.00" : expected
            #expect(line == bytes("P \(noNegativeZero) 0.00\n"), "\(value)")
        }
    }

    @Test func `only finite angles of a sensible size can be sent`() {
        #expect(RotctldCommand.isSendable(degrees: -3600))
        for bad in [Double.nan, .infinity, -.infinity, 3600.01, 1e300] {
            #expect(!RotctldCommand.isSendable(degrees: bad))
        }
    }
}

/// The C library's own opinion; a test process runs in the POSIX locale.
private func printed(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.2f", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
