import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// The whole story as two people see it: real gpsd, real rotctld, the daemon, two windows.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct WebStoryTests {
    private struct Scene {
        let station: TrackingStation
        let browser: Browser
        let laptop: String
        let phone: String

        /// A laptop with a rotor, and a phone that has scanned its code.
        init() async throws {
            station = try await TrackingStation()
            let daemon = station.daemon
            browser = try await Browser(width: 1280, height: 1000)
            laptop = try browser.window
            try browser.open(daemon.url + "/")
            #expect(await browser.shows("connection", "connected"))
            #expect(await browser.shows("station", "gpsd"))
            try browser.signIn(daemon.token)
            try await browser.pairRotor()
            #expect(await browser.shows("rotor-message", "Paired"))
            #expect(await browser.holds("document.getElementById('qr').naturalWidth > 0"))
            try browser.run("document.getElementById('qr').scrollIntoView({block: 'center'})")
            let address = try await browser.codeOnScreen(containing: "/pair/")
            phone = try browser.openWindow()
            try browser.open(address)
            #expect(await browser.shows("connection", "connected"))
        }

        /// The phone is there, by its own receiver.
        func carry(to place: PhonePlace) throws {
            try browser.use(phone)
            try browser.setPlace(
                latitude: place.latitude, longitude: place.longitude, altitude: place.altitude,
                accuracy: 4)
        }

        /// Waits until the laptop's plot has its cross where rotctl reads the rotor.
        func plotFollows() async throws -> Bool {
            try browser.use(laptop)
            for _ in 0..<60 {
                let (azimuth, elevation) = try await station.rotctld.position()
                let radius = (90 - elevation) / 90 * 100
                let east = radius * sin(azimuth * .pi / 180)
                let north = radius * cos(azimuth * .pi / 180)
                let mark = try browser.run(
                    """
                    const mark = document.querySelector('#polar .rotor-mark');
                    const at = mark?.transform.baseVal.consolidate()?.matrix;
                    return at ? [at.e, at.f] : null;
                    """
                ).arrayValue?.compactMap(\.doubleValue)
                // Two of a hundred from the zenith to the horizon: a degree and a half.
                if let mark, mark.count == 2, abs(mark[0] - east) < 2, abs(mark[1] + north) < 2 {
                    return true
                }
                try await Task.sleep(for: .milliseconds(250))
            }
            return false
        }
    }

    @Test func `a phone joins by the code, is followed as it moves, and the laptop stops it`()
        async throws
    {
        let scene = try await Scene()
        let browser = scene.browser
        let places = try Array(PhonePlace.path().prefix(3))
        let first = try #require(places.first)
        try scene.carry(to: first)
        try browser.click("share-position")
        #expect(await browser.shows("sent", "±4 m"))
        try browser.click("track")
        #expect(await browser.shows("mode", "track"))
        for place in places {
            try scene.carry(to: place)
            #expect(try await scene.station.follows(place), "\(place)")
            #expect(try await scene.plotFollows(), "\(place)")
        }

        // To the other side of the mast: a long way, on which somebody presses STOP.
        try scene.carry(to: first.opposite)
        try browser.use(scene.laptop)
        #expect(await browser.shows("moving", "turning"))
        let before = try await scene.station.rotctld.position()
        try browser.press(Browser.escapeKey)
        #expect(await browser.shows("stop-state", "stopped"))
        let stopped = try await scene.station.rotctld.position()
        let later = try await scene.station.rotctld.position()
        #expect(stopped == later)
        // Of the half turn that it had before it.
        #expect(abs(stopped.azimuth - before.azimuth) < 30)
        #expect(await browser.shows("mode", "stop"))
        try browser.use(scene.phone)
        #expect(await browser.shows("mode", "stop"))
    }

    @Test(
        .disabled(
            if: Loopback.isAlone, "a browser notices that it loses a network only where it had one")
    )
    func `a phone that loses the network says so, and goes on by itself`() async throws {
        let scene = try await Scene()
        let browser = scene.browser
        let places = try Array(PhonePlace.path().prefix(2))
        try scene.carry(to: places[0])
        try browser.click("share-position")
        #expect(await browser.shows("sent", "±4 m"))
        try browser.click("track")
        try browser.setNetwork(isThere: false)
        #expect(await browser.holds("!document.getElementById('blind').hidden"))
        #expect(try browser.text("blind").contains("The rotor may still be turning"))
        try scene.carry(to: places[1])
        try browser.use(scene.laptop)
        #expect(await browser.shows("peers", "1"))
        try browser.use(scene.phone)
        try browser.setNetwork(isThere: true)
        #expect(await browser.shows("connection", "connected"))
        #expect(await browser.holds("document.getElementById('blind').hidden"))
        #expect(try await scene.station.follows(places[1]))
    }

    @Test func `a phone of another organisation sees nothing`() async throws {
        let daemon = try await DaemonProcess()
        let made = try daemon.call(
            "POST", "/api/v1/controller/location/",
            json: #"{"name":"van","is_mobile":true,"organization":"\#(daemon.organization)","#
                + #""geometry":{"type":"Point","coordinates":[13.25,52.5]}}"#,
            token: daemon.token)
        try #require(made.status == 201, "\(made.text)")
        let id = try #require(made.object["id"]?.stringValue)
        let other = try daemon.makeOrganization("Other")
        let stranger = try daemon.makeUser(
            "stranger@other", roles: [other: "manager"], isStaff: true,
            permissions: ["geo.view_location", "geo.change_location"])
        let browser = try await Browser(width: 390, height: 844)
        for (token, isSeen) in [(try daemon.token, true), (stranger, false)] {
            try browser.open(daemon.url + "/fleet")
            try browser.signIn(token)
            #expect(await browser.shows("connection", "connected"))
            let list = "document.getElementById('locations-list').textContent"
            if isSeen { #expect(await browser.holds("\(list).includes('van')")) }
            // What moves is told on the socket, too.
            let moved = try daemon.call(
                "PATCH", "/api/v1/controller/location/\(id)/",
                json: #"{"geometry":{"type":"Point","coordinates":[13.26,52.5]}}"#,
                token: daemon.token)
            #expect(moved.status == 200)
            #expect(await browser.holds("document.getElementById('locations-count').textContent"))
            #expect(try browser.run("return \(list).includes('van')") == .bool(isSeen))
            try browser.click("sign-out")
        }
    }
}

extension PhonePlace {
    /// As far from the station, on the other side.
    fileprivate var opposite: PhonePlace {
        PhonePlace(
            latitude: 2 * Self.stationLatitude - latitude,
            longitude: 2 * Self.stationLongitude - longitude, altitude: altitude,
            azimuth: fmod(azimuth + 180, 360), elevation: elevation)
    }
}
