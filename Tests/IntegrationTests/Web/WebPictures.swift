import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// Takes the pictures in docs/images/web: on command, `./dev pictures`.
@Suite(.enabled(if: PicturesFolder.path != nil, "BORESIGHT_PICTURES names no folder"))
struct WebPictures {
    @Test(arguments: [("laptop", 1280, 900), ("phone", 390, 844)])
    func `each page by day and by night`(size: String, width: Int, height: Int) async throws {
        let station = try await FullStation()
        let phone = try station.follow()
        let boats = try station.launchBoats()
        for step in 0..<20 { try station.move(step, phone, boats) }
        var step = 20
        let browser = try await Browser(width: width, height: height)
        try browser.devTools(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(Int64(width)), "height": .integer(Int64(height)),
                "deviceScaleFactor": .integer(1), "mobile": .bool(size == "phone"),
            ])
        try browser.open(station.daemon.url + "/replay")
        try browser.run("sessionStorage.setItem('station-token', '\(station.daemon.token)')")
        try browser.run("sessionStorage.setItem('session', '\(station.session)')")
        for page in station.pages {
            for theme in ["light", "night"] {
                try browser.run("localStorage.setItem('theme', '\(theme)')")
                // From elsewhere: a page is not loaded again for what stands behind the # only.
                try browser.open("about:blank")
                try browser.open(station.daemon.url + page.path)
                #expect(await browser.holds(page.isReady), "\(page.path)")
                try browser.run(page.opening)
                try browser.run(page.preparation)
                // Maps and lists fill a little later, and live things live.
                for _ in 0..<8 {
                    try station.move(step, phone, boats)
                    step += 1
                    try await Task.sleep(for: .milliseconds(500))
                }
                let picture = try #require(Data(base64Encoded: try browser.screenshot()))
                let name = "\(page.name)-\(theme == "light" ? "day" : "night")-\(size).png"
                try picture.write(
                    to: URL(fileURLWithPath: (PicturesFolder.path ?? "") + "/" + name))
            }
        }
    }
}

private enum PicturesFolder {
    static let path = ProcessInfo.processInfo.environment["BORESIGHT_PICTURES"]
}
