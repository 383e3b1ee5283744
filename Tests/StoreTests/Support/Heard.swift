import Synchronization

/// Keeps, in order, what a store tells from its own thread, and lets a test wait for it.
struct Heard<Element: Sendable> {
    private final class Log: Sendable {
        let elements = Mutex<[Element]>([])
    }

    private let log = Log()
    private var iterator: AsyncStream<Void>.Iterator
    private let bell: AsyncStream<Void>.Continuation

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        iterator = stream.makeAsyncIterator()
        bell = continuation
    }

    /// Everything heard so far.
    var all: [Element] { log.elements.withLock { $0 } }

    /// Takes an element; for the store.
    var listener: @Sendable (Element) -> Void {
        { [log, bell] element in
            log.elements.withLock { $0.append(element) }
            bell.yield()
        }
    }

    /// Waits until what was heard satisfies the condition.
    mutating func wait(until condition: ([Element]) -> Bool) async {
        while !condition(all) { _ = await iterator.next(isolation: #isolation) }
    }
}

extension Heard where Element == Int {
    /// A `whenDurable` that says this number.
    func acknowledge(_ number: Int) -> @Sendable () -> Void {
        { [listener] in listener(number) }
    }
}
