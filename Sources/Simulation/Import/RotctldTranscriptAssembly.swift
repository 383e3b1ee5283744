import Drivers

/// Puts requests and answers together as they passed by.
///
/// rotctld answers in order. A request that was sent behind another without waiting shares its
/// answer's bytes, which are divided where an answer is complete; one that was followed by another
/// after a while had no answer.
struct RotctldTranscriptAssembly {
    private(set) var exchanges: [RotctldTranscript.Exchange] = []
    /// Bytes of a request that has no end yet.
    private var partial: [UInt8] = []
    private var partialAt = Duration.zero
    /// Indices of exchanges whose answers are not complete, oldest first.
    private var open: ArraySlice<Int> = []
    private var parser: RotctldReplyParser?

    /// `\dump_state` is under 200 bytes; later versions add lines.
    private static let longestAnswerInBytes = 4096

    mutating func asked(_ bytes: [UInt8], at: Duration) {
        // Half a request continues; a whole one means that nobody waits for older answers.
        if partial.isEmpty {
            open = []
            partialAt = at
        }
        partial += bytes
        var rest = partial[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            begin(rest[..<end], at: at)
            rest = rest[(end + 1)...]
        }
        partial = Array(rest)
    }

    /// rotctld obeys a letter before its line has ended.
    private mutating func begin(_ line: ArraySlice<UInt8>, at: Duration) {
        let text = String(decoding: line, as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
        guard let request = RotctldRequest(text) else { return }
        exchanges.append(RotctldTranscript.Exchange(request: request, at: at))
        open.append(exchanges.count - 1)
        if open.count == 1 { parser = request.replyParser }
    }

    mutating func answered(_ bytes: [UInt8], at: Duration) {
        if open.isEmpty, !partial.isEmpty {
            begin(partial[...], at: partialAt)
            partial = []
        }
        var rest = bytes[...]
        while let index = open.first, !rest.isEmpty {
            let piece = open.count == 1 ? rest : rest.prefix(lengthOfAnswer(rest))
            let delay = max(.zero, at - exchanges[index].at)
            exchanges[index].add(piece, after: delay)
            rest = rest[piece.endIndex...]
            if open.count > 1 { next() }
        }
    }

    mutating func ended() {
        // After `q` an end is good order.
        guard let index = open.first else { return }
        if exchanges[index].request.kind != .other { exchanges[index].isCutOff = true }
        open = []
    }

    private mutating func next() {
        open = open.dropFirst()
        parser = open.first.flatMap { exchanges[$0].request.replyParser }
    }

    /// How many bytes belong to the first open request; all of them when that cannot be told.
    private func lengthOfAnswer(_ bytes: ArraySlice<UInt8>) -> Int {
        guard var parser else { return bytes.count }
        for (count, byte) in bytes.enumerated() {
            do throws(RotctldReplyError) {
                if try parser.receive([byte]) != nil { return count + 1 }
            } catch {
                return bytes.count
            }
        }
        return bytes.count
    }

    /// Whether a line of a plain log, which could be read as a command as well, belongs to the
    /// answer that is awaited: `1` begins the answer to `\dump_state` and asks for `\dump_caps`.
    func isAwaitingReply(endedBy line: String) -> Bool {
        guard let index = open.first, var parser = exchanges[index].request.replyParser else {
            return false
        }
        let received = exchanges[index].reply.flatMap(\.bytes)
        guard received.count < Self.longestAnswerInBytes else { return false }
        do throws(RotctldReplyError) {
            if !received.isEmpty, try parser.receive(received) != nil { return false }
            _ = try parser.receive(Array((line + "\n").utf8))
            return true
        } catch {
            return false
        }
    }
}
