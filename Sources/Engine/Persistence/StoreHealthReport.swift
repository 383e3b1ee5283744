/// Whether the store can write, as an input.
package struct StoreHealthReport: StreamPayload {
    /// What is wrong; nil when nothing is.
    package let problem: String?

    package init(problem: String?) {
        self.problem = problem
    }

    package var stream: StreamName { "store" }

    package func feed(into sink: inout some ByteSink) {
        sink.append(problem ?? "")
    }
}
