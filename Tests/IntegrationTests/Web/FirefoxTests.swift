import JSON
import TestSupport
import Testing

/// The other browser.
@Suite(.enabled(if: Firefox.isInstalled, "needs firefox-esr"))
struct FirefoxTests {
    @Test func `every page works in Firefox, and the laptop turns and stops the rotor`()
        async throws
    {
        let station = try await FullStation()
        let browser = try await Firefox()
        try browser.open(station.daemon.url + "/replay")
        try browser.run("sessionStorage.setItem('station-token', '\(station.daemon.token)')")
        for page in station.pages {
            try browser.open(station.daemon.url + page.path)
            #expect(await browser.holds(page.isReady), "\(page.path)")
            try browser.run(page.opening)
        }
        try browser.open(station.daemon.url + "/")
        try await browser.pairRotor()
        #expect(await browser.shows("rotor-message", "Paired"))
        try browser.type("200", into: "target-azimuth")
        try browser.type("10", into: "target-elevation")
        try browser.click("point")
        #expect(await browser.shows("moving", "turning"))
        try browser.click("stop")
        #expect(await browser.shows("stop-state", "stopped"))
    }
}
