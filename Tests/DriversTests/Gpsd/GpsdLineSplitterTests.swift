import Drivers
import Testing

@Suite struct GpsdLineSplitterTests {
    @Test func `lines come out the same however the bytes arrive`() throws {
        let stream = bytes("{\"class\":\"VERSION\"}\r\n$GPGGA,1*00\r\n\r\n{\"a\":1}\n")
        let lines = ["{\"class\":\"VERSION\"}", "$GPGGA,1*00", "{\"a\":1}"].map { bytes($0) }
        for way in everySplit(of: stream) {
            var splitter = GpsdLineSplitter()
            var received: [[UInt8]] = []
            for piece in way { received += try splitter.receive(piece) }
            #expect(received == lines, "\(way)")
        }
    }

    @Test func `half a line waits for its other half`() throws {
        var splitter = GpsdLineSplitter()
        #expect(try splitter.receive(bytes("{\"class\"")) == [])
        #expect(try splitter.receive(bytes(":1}\r")) == [])
        #expect(try splitter.receive(bytes("\n{")) == [bytes("{\"class\":1}")])
    }

    @Test func `a line of 20 480 bytes is too long, with or without its end`() throws {
        var splitter = GpsdLineSplitter()
        let longest = [UInt8](repeating: 0x41, count: 20_479)
        #expect(try splitter.receive(longest + [0x0A]) == [longest])
        #expect(throws: GpsdLineSplitter.LineTooLong.self) {
            _ = try splitter.receive(longest + [0x41])
        }
        splitter = GpsdLineSplitter()
        #expect(throws: GpsdLineSplitter.LineTooLong.self) {
            _ = try splitter.receive(longest + [0x41, 0x0A])
        }
    }
}
