import JSON
import TestSupport
import Testing
import Transport

/// Every page for people who see, hear or point otherwise, by axe-core's rules (WCAG 2.1 A, AA).
@Suite(
    .enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"),
    .enabled(if: PythonTools.areInstalled, "\(PythonTools.howToInstall)"))
struct WebAccessTests {
    @Test(arguments: [(1280, 900), (390, 844)])
    func `no page breaks a rule, in any colours`(width: Int, height: Int) async throws {
        let station = try await FullStation()
        let axe = try PythonTools.text(of: "axe_core_python/axe.min.js")
        let browser = try await Browser(width: width, height: height)
        try browser.open(station.daemon.url + "/replay")
        try browser.run("sessionStorage.setItem('station-token', '\(station.daemon.token)')")
        for page in station.pages {
            for theme in ["light", "dark", "night"] {
                try browser.run("localStorage.setItem('theme', '\(theme)')")
                try browser.open(station.daemon.url + page.path)
                #expect(await browser.holds(page.isReady), "\(page.path)")
                try browser.run(page.opening)
                try browser.run(axe + "; window.axe = axe;")
                try browser.run(
                    """
                    axe.run({resultTypes: ['violations']}).then(
                        (result) => { window.found = result.violations; },
                        (error) => { window.found = [{id: String(error), nodes: []}]; });
                    """)
                #expect(await browser.holds("window.found"), "\(page.path)")
                let found = try browser.run(
                    """
                    return window.found.map((rule) =>
                        rule.id + ': ' + rule.nodes.map((node) => node.html).join(' '));
                    """)
                #expect(found.arrayValue == [], "\(page.path) \(theme) \(width)")
            }
        }
    }

    @Test func `every page may be used without a mouse`() async throws {
        let station = try await FullStation()
        let browser = try await Browser(width: 1280, height: 900)
        try browser.open(station.daemon.url + "/replay")
        try browser.run("sessionStorage.setItem('station-token', '\(station.daemon.token)')")
        for page in station.pages where page.path != "/game-night/stage" {
            try browser.open(station.daemon.url + page.path)
            #expect(await browser.holds(page.isReady), "\(page.path)")
            try browser.run(page.opening)
            var reached: Set<String> = []
            for _ in 0..<40 {
                try browser.press("\u{E004}")
                let here = try browser.run(
                    """
                    const here = document.activeElement;
                    if (here === document.body) return null;
                    const ring = getComputedStyle(here);
                    const isSeen = ring.outlineStyle !== 'none' || ring.boxShadow !== 'none';
                    return isSeen ? here.tagName + here.id + here.textContent.slice(0, 20) : '';
                    """)
                guard let name = here.stringValue else { continue }
                #expect(name != "", "the focus is not seen on \(page.path)")
                reached.insert(name)
            }
            #expect(reached.count >= 4, "\(page.path): \(reached)")
        }
    }

    @Test func `colours follow the device until somebody chooses others`() async throws {
        let daemon = try await SharedDaemon.plain.value
        let browser = try await Browser(width: 400, height: 400)
        func setDevice(_ colours: String) throws {
            let wish: JSONObject = [
                "name": .string("prefers-color-scheme"), "value": .string(colours),
            ]
            try browser.devTools(
                "Emulation.setEmulatedMedia", ["features": .array([.object(wish)])])
        }
        func hasGround(_ colour: String) async -> Bool {
            await browser.holds(
                "getComputedStyle(document.documentElement).getPropertyValue('--ground')"
                    + " === '\(colour)'")
        }
        let (day, dark, night) = ("#eef1f4", "#0b0e12", "#000000")
        try setDevice("light")
        try browser.open(daemon.url + "/replay")
        #expect(await hasGround(day))
        try setDevice("dark")
        #expect(await hasGround(dark))
        try browser.run("document.querySelector('[name=theme][value=night]').click()")
        #expect(await hasGround(night))
        try setDevice("light")
        try browser.open(daemon.url + "/replay")
        #expect(await hasGround(night), "it is remembered")
        try browser.run("document.querySelector('[name=theme][value=auto]').click()")
        #expect(await hasGround(day))
    }
}
