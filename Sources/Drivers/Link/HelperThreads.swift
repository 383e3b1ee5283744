import Engine

/// Short-lived threads for questions that may take long, such as a name look-up; a few at a time.
///
/// Confined to one edge's thread; the answers come from threads of their own.
struct HelperThreads<Asker: Sendable & Equatable, Answer> {
    private struct Question: Sendable {
        let asker: Asker
        let work: @Sendable () -> Answer
    }

    private let name: String
    private let limit: Int
    private let answer: @Sendable (Asker, Answer?) -> Void
    private var running = 0
    private var waiting: [Question] = []

    /// - Parameters:
    ///   - name: of each thread.
    ///   - limit: most at a time.
    ///   - answer: called from any thread; nil means that the system has no thread left.
    init(name: String, limit: Int, answer: @escaping @Sendable (Asker, Answer?) -> Void) {
        self.name = name
        self.limit = limit
        self.answer = answer
    }

    mutating func ask(_ asker: Asker, _ work: @escaping @Sendable () -> Answer) {
        waiting.append(Question(asker: asker, work: work))
        startNext()
    }

    /// Drops a question that nobody works on yet; another one is answered to nobody.
    mutating func cancel(_ asker: Asker) {
        waiting.removeAll { $0.asker == asker }
    }

    /// Whether a thread works on a question.
    var isBusy: Bool { running > 0 }

    /// To be called once for each answer.
    mutating func finishedOne() {
        running -= 1
        startNext()
    }

    private mutating func startNext() {
        while running < limit, !waiting.isEmpty {
            let question = waiting.removeFirst()
            running += 1
            do throws(SystemThreadError) {
                try SystemThread(name: name) { [answer] in
                    answer(question.asker, question.work())
                }.detach()
            } catch {
                answer(question.asker, nil)
            }
        }
    }
}
