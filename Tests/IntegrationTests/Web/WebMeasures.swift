import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// Measures what docs/web.md tells: on command, `./dev measure`. It asserts nothing about time.
@Suite(
    .serialized, .enabled(if: Measuring.isWanted, "BORESIGHT_MEASURE is not set"),
    .enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct WebMeasures {
    @Test func `from pressing STOP to the rotor's word that it stands`() async throws {
        let rotctld = try await RealRotctld()
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.0,4.36,46"])
        try daemon.addRotor(
            #""name":"mast","port":\#(rotctld.port),"min_azimuth":-180,"max_azimuth":180"#)
        let browser = try await Browser(width: 1280, height: 1000)
        try browser.open(daemon.url + "/")
        #expect(await browser.shows("connection", "connected"))
        try browser.signIn(daemon.token)
        try await browser.pairRotor()
        #expect(await browser.shows("rotor-message", "Paired"))
        try browser.run(
            """
            const state = document.getElementById('stop-state');
            addEventListener('keydown', (event) => {
              if (event.key === 'Escape') window.pressedAt = performance.now();
            }, true);
            new MutationObserver(() => {
              if (!state.textContent.includes('stopped') || !window.pressedAt) return;
              (window.waits ??= []).push(performance.now() - window.pressedAt);
              (window.last ??= []).push(window.movedAt - window.pressedAt);
              window.pressedAt = 0;
            }).observe(state, { childList: true, characterData: true, subtree: true });
            const mark = document.querySelector('#polar .rotor-mark');
            let place = '';
            new MutationObserver(() => {
              if (mark.getAttribute('transform') === place) return;
              place = mark.getAttribute('transform');
              window.movedAt = performance.now();
            }).observe(mark, { attributeFilter: ['transform'] });
            """)
        for round in 1...20 {
            try browser.type(round % 2 == 0 ? "90" : "270", into: "target-azimuth")
            try browser.type("10", into: "target-elevation")
            try browser.click("point")
            let isAsked = "!document.getElementById('pick').hidden"
            #expect(await browser.holds(isAsked + " || " + Self.isTurning))
            if try browser.run("return " + isAsked) == .bool(true) {
                try browser.click("point-there")
            }
            #expect(await browser.holds(Self.isTurning))
            try browser.press(Browser.escapeKey)
            #expect(await browser.holds("window.waits?.length >= \(round)"))
        }
        let waits = try browser.run("return window.waits").arrayValue?.compactMap(\.doubleValue)
        let moves = try browser.run("return window.last").arrayValue?.compactMap(\.doubleValue)
        Measuring.tell("STOP to the plot's last movement, milliseconds", moves ?? [])
        Measuring.tell("STOP to 'the rotor stopped', milliseconds", waits ?? [])
    }

    private static let isTurning =
        "document.getElementById('moving').textContent === 'turning'"

    @Test(arguments: [0, 5000])
    func `frames while so many points of the map move once a second`(points: Int) async throws {
        let daemon = try await SharedDaemon.plain.value
        let browser = try await Browser(width: 1280, height: 900)
        try browser.open(daemon.url + "/fleet")
        #expect(await browser.holds("window.L"))
        try browser.run(
            """
            import('/assets/map/map.js').then(({ StationMap }) => {
              const place = document.createElement('div');
              place.style.cssText = 'position: fixed; inset: 0; z-index: 9999';
              document.body.append(place);
              const map = new StationMap(place, { label: 'Measured', hash: false });
              map.setStation({ latitude: 52, longitude: 4 });
              const count = \(points), frames = [];
              let next = 0, before = 0;
              const move = () => {
                for (let step = 0; step < count / 20; step += 1, next += 1) {
                  const [one, turn] = [next % count, next / count];
                  map.setPoint(String(one), {
                    latitude: 52 + Math.sin(one + turn / 9) * (one % 70) / 70,
                    longitude: 4 + Math.cos(one + turn / 9) * (one % 90) / 60,
                    label: `car ${one}`, ageSeconds: 0, state: 'live',
                  });
                }
              };
              setInterval(move, 50);
              const frame = (now) => {
                if (before) frames.push(now - before);
                before = now;
                if (frames.length < 900) requestAnimationFrame(frame);
                else window.frames900 = frames.slice(300);
              };
              requestAnimationFrame(frame);
            });
            """)
        #expect(await browser.holds("window.frames900"))
        let frames = try browser.run("return window.frames900").arrayValue
        Measuring.tell(
            "a frame with \(points) moving points, milliseconds",
            frames?.compactMap(\.doubleValue) ?? [])
    }
}

private enum Measuring {
    static let isWanted = ProcessInfo.processInfo.environment["BORESIGHT_MEASURE"] != nil

    static func tell(_ what: String, _ values: [Double]) {
        let sorted = values.sorted()
        guard let most = sorted.last else { return print("\(what): nothing measured") }
        func part(_ share: Double) -> String {
            String(format: "%.1f", sorted[Int(Double(sorted.count - 1) * share)])
        }
        print(
            "\(what): p50 \(part(0.5)), p95 \(part(0.95)), p99 \(part(0.99)),",
            "most \(String(format: "%.1f", most)), of \(sorted.count)")
    }
}
