import Testing

@testable import Pointing

@Suite struct UnreachableTests {
    @Test(arguments: [
        (
            Unreachable.belowMinimumElevation(elevationDegrees: -12.3456, minimumDegrees: 0),
            "the target is below the horizon: elevation -12.35 is below the minimum of 0"
        ),
        (
            .belowMinimumElevation(elevationDegrees: 3, minimumDegrees: 5.5),
            "elevation 3 is below the minimum of 5.5"
        ),
        (
            .belowMinimumElevation(elevationDegrees: -0.0004, minimumDegrees: 0),
            "the target is below the horizon: elevation -0.0004 is below the minimum of 0"
        ),
        (
            .belowMinimumElevation(elevationDegrees: 4.999999, minimumDegrees: 5),
            "elevation 4.999999 is below the minimum of 5"
        ),
        (
            .aboveMaximumElevation(elevationDegrees: 85.25, maximumDegrees: 80),
            "elevation 85.25 is above the maximum of 80"
        ),
        (
            .azimuthOutsideLimits(azimuthDegrees: 271.5, limits: 90...270),
            "azimuth 271.5 is outside the limits of 90 to 270"
        ),
        (
            .azimuthOutsideLimits(azimuthDegrees: 270.000001, limits: 90...270),
            "azimuth 270.000001 is outside the limits of 90 to 270"
        ),
    ])
    func `messages tell what was asked from what is allowed`(error: Unreachable, text: String) {
        #expect(error.description == text)
    }
}
