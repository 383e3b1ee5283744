import JSON
import TestSupport
import Testing

/// The modules that only compute, in the browser that runs them.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct WebModulesTests {
    /// Loads a module into a page of its own origin, as `window.module`.
    private func browser(with module: String) async throws -> Browser {
        let daemon = try await SharedDaemon.plain.value
        let browser = try await Browser(width: 400, height: 400)
        try browser.open(daemon.url + "/replay")
        try browser.run("import('/assets/\(module)').then((it) => { window.module = it; })")
        #expect(await browser.holds("window.module"), "\(module)")
        return browser
    }

    /// What people type, and where it is; half of the last digit written is its accuracy.
    private static let angles: [(text: String, degrees: Double?)] = [
        ("48.1371", 48.1371), ("48,1371", 48.1371), ("-33.87", -33.87), ("33.87 S", -33.87),
        ("S 33.87°", -33.87), ("48° 08' 13.6\\\" N", 48 + 8.0 / 60 + 13.6 / 3600),
        ("48 08.23 N", 48 + 8.23 / 60), ("90", 90), ("90.01", nil), ("-33 S", nil), ("48 60", nil),
        ("48.5 30", nil), ("", nil), ("north", nil), ("1e9", nil), ("48 N S", nil),
    ]

    @Test func `angles are read as people write them, and what is none is refused`() async throws {
        let browser = try await browser(with: "phone/places.js")
        for (text, degrees) in Self.angles {
            let read = try browser.run(
                "return window.module.typedAngle(\"\(text)\", window.module.LATITUDE)?.degrees ?? null"
            ).doubleValue
            if let degrees {
                #expect(try abs(#require(read, "\(text)") - degrees) < 1e-9, "\(text)")
            } else {
                #expect(read == nil, "\(text)")
            }
        }
    }

    @Test(arguments: [("JN58td", 48.1458, 11.625), ("jn58", 48.5, 11), ("IO91wm", 51.5208, -0.125)])
    func `a locator is the middle of its field`(
        text: String, latitude: Double, longitude: Double
    ) async throws {
        let browser = try await browser(with: "phone/places.js")
        let place = try browser.run("return window.module.locatorPlace('\(text)')").objectValue
        #expect(abs((place?["latitude"]?.doubleValue ?? 0) - latitude) < 1e-3)
        #expect(abs((place?["longitude"]?.doubleValue ?? 0) - longitude) < 1e-3)
        #expect(try browser.run("return window.module.locatorPlace('ZZ99')") == .null)
    }

    @Test func `the plot draws sectors to keep out of and the way round them`() async throws {
        let browser = try await browser(with: "rotor/polar.js")
        try browser.run(
            """
            const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
            document.body.append(svg);
            window.plot = new window.module.PolarPlot(svg);
            window.plot.setLimits({ min_azimuth: 0, max_azimuth: 450, min_elevation: 0,
              max_elevation: 90, keep_out: [
                { min_azimuth: 80, max_azimuth: 100, min_elevation: 0, max_elevation: 30 },
                { min_azimuth: 350, max_azimuth: 10, min_elevation: 60, max_elevation: 90 },
                { min_azimuth: "350" } ] });
            """)
        let sectors = try browser.run(
            """
            return [...document.querySelectorAll(".keep-out")].map((one) => {
              const { x, y, width, height } = one.getBBox();
              return [x, y, x + width, y + height].map(Math.round).join(" ");
            })
            """
        ).arrayValue
        // The rim is 100 from the middle, 30 degrees of elevation two thirds of that.
        #expect(sectors == [.string("66 -17 100 17"), .string("-6 -33 6 0")])
        func way(_ way: String) throws -> [[Double]] {
            try browser.run(
                "window.plot.show({ rotor: { azimuth: 120, elevation: 0 }, target: null, "
                    + "isLive: true, way: \(way) })")
            let points = try browser.run(
                "return document.querySelector('.planned-path').getAttribute('points')"
            ).stringValue
            let numbers = (points ?? "").split(separator: " ").compactMap { Double($0) }
            return stride(from: 0, to: numbers.count - 1, by: 2).map {
                [numbers[$0], numbers[$0 + 1]]
            }
        }
        let corners = #"[{ azimuth: 102, elevation: 32 }, { azimuth: 78, elevation: 32 }]"#
        let round = try way(#"[...\#(corners), { azimuth: 40, elevation: 0 }]"#)
        let heights = round.map { 1 - ($0[0] * $0[0] + $0[1] * $0[1]).squareRoot() / 100 }
        #expect(abs((heights.max() ?? 0) - 32.0 / 90) < 0.01)
        let nearest = zip(round, heights).filter { abs($0.0[1]) < 15 && $0.0[0] > 0 }.map(\.1)
        #expect(!nearest.isEmpty && nearest.allSatisfy { $0 > 0.33 }, "over the sector")
        #expect(try way("[{ azimuth: 40, elevation: 0 }]").count > 10)
    }

    /// The sphere of the drawings against PROJ's ellipsoid.
    @Test func `directions on the map are those of the station, as near as a line is drawn`()
        async throws
    {
        let browser = try await browser(with: "map/geodesy.js")
        for place in try PhonePlace.path() {
            let station =
                "{ latitude: \(PhonePlace.stationLatitude), "
                + "longitude: \(PhonePlace.stationLongitude) }"
            let azimuth = try browser.number(
                """
                return window.module.course(
                  \(station), { latitude: \(place.latitude), longitude: \(place.longitude) }
                ).azimuth
                """)
            let off = (azimuth - place.azimuth).remainder(dividingBy: 360)
            #expect(abs(off) < 0.3, "\(place)")
        }
    }

    @Test func `the end of a way is as far off as the way is long`() async throws {
        let browser = try await browser(with: "map/geodesy.js")
        for (azimuth, metres) in [(0.0, 1000.0), (90, 500_000), (271.5, 9_000_000), (180, 1)] {
            let way =
                try browser.run(
                    """
                    const from = { latitude: 52, longitude: 179.9 };
                    const to = window.module.destination(from, \(azimuth), \(metres));
                    const back = window.module.course(from, to);
                    return [back.metres, back.azimuth];
                    """
                ).arrayValue?.compactMap(\.doubleValue) ?? []
            try #require(way.count == 2)
            #expect(abs(way[0] - metres) < max(0.01, metres * 1e-6))
            #expect(abs((way[1] - azimuth).remainder(dividingBy: 360)) < 1e-3)
        }
    }
}
