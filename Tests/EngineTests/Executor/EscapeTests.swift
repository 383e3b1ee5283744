import CEscapeCounter
import Testing

/// No job leaves the core for Swift's shared pool, where its order would be anybody's.
@Suite struct EscapeTests {
    @Test func `the workload hands no job to the shared pool`() {
        cescape_begin()
        let result = Workload.run(seed: 5)
        #expect(cescape_end() == 0)
        #expect(result.foreignJobs == 0)
    }

    @Test func `the counter sees a task that does leave`() async {
        let (task, count) = leave()
        await task.value
        #expect(count == 1)
    }

    private func leave() -> (Task<Void, Never>, Int) {
        cescape_begin()
        let task = Task.detached {}
        return (task, cescape_end())
    }
}
