import Simulation

/// What a campaign found, for people.
enum CampaignText {
    static func summary(_ file: String, _ tally: CampaignTally, seconds: Double) -> String {
        let perMinute = seconds > 0 ? Int(Double(tally.runs) / seconds * 60) : 0
        var text =
            "\(file): \(Words.count(tally.runs, "run")) in \(Words.seconds(seconds)) "
            + "(\(perMinute) a minute), \(Words.count(tally.failures.count, "kind")) of failure\n"
        for name in tally.neverHappened {
            text += "  never happened in any run: \(name)\n"
        }
        return text
    }

    static func failure(_ failure: CampaignTally.Group) -> String {
        let seeds = failure.seeds.map(String.init).joined(separator: ", ")
        return "  \(failure.signature): \(Words.count(failure.count, "run")), seeds \(seeds)"
            + (failure.count > failure.seeds.count ? ", …" : "") + "\n"
            + "    seen in \(failure.shortest.seed): \(failure.shortest.detail)\n"
    }
}
