import Recording
import Simulation
import Testing

@testable import boresight

/// With a real gpsd.
@Suite struct ReceiverDecoderTests {
    private func fixture(_ log: [UInt8]) throws(ImportProblem) -> ImportedFixture {
        let importer = LogImport(program: "test", seed: 1) { log throws(ImportProblem) in
            try ReceiverDecoder.decode(log)
        }
        return try importer.fixture(of: log)
    }

    @Test(arguments: [ReceiverLog.sentences(epochs: 12), ReceiverLog.binary(epochs: 12)])
    func `text and binary become the same positions, and the same bytes again`(
        log: [UInt8]
    ) throws {
        let first = try fixture(log)
        #expect(first.kind == .receiver)
        #expect(first.fixes == 12)
        #expect(String(decoding: first.bytes, as: UTF8.self).contains(#"\"lat\":52.000000000"#))
        #expect(try RecordingReader(first.bytes).header.pace == .virtual)
        #expect(try fixture(log).bytes == first.bytes)
    }

    @Test func `more than a line's buffer holds is read whole`() throws {
        let log = (0..<20).flatMap { _ in ReceiverLog.sentences(epochs: 60) }
        #expect(log.count > 200_000)
        #expect(try fixture(log).items >= 20 * 59)
    }

    @Test func `what gpsd does not know is said`() {
        let log = Array("# Name: noise\n".utf8) + [UInt8](repeating: 0x55, count: 20_000)
        #expect {
            try fixture(log)
        } throws: { error in
            guard case .gpsd(let reason)? = error as? ImportProblem else { return false }
            return reason.contains("no message")
        }
    }
}
