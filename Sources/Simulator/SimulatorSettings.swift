internal import Foundation
package import Vocabulary

/// What a simulated tunnel is to be like when it starts.
///
/// Durations are in *simulated* time, which passes ``speed`` times as fast as the clock.
package struct SimulatorSettings: Sendable {
    /// Everything that looks like chance follows from it: credentials, shapes, noise.
    package var seed: UInt64 = 1
    /// The size of the pictures, 64×48 or more.
    package var pictureSize = PixelSize(width: 1280, height: 720)
    /// libjpeg's quality, 1 to 100.
    package var jpegQuality = 80

    /// How many times as fast as the clock the printer prints; more than 0.
    package var speed = 1.0
    /// The time between two pictures that the printer uploads, 1 s or more so that each has a Unix second of its own.
    package var pictureInterval: Duration = .seconds(10)
    /// Heating, homing and the purge line before a print's first layer.
    package var warmUp: Duration = .seconds(60)
    /// From the first layer to the last.
    package var printDuration: Duration = .seconds(1800)
    /// The time that a finished part lies on the bed before the next print starts.
    package var pause: Duration = .seconds(300)
    /// The layers of a part, 1 to 400; the part's height does not depend on it.
    package var layers = 120
    /// Whether a new print starts when the pause after the last one is over.
    package var repeats = true
    /// Whether the first print starts at once; otherwise the printer idles until one is started.
    package var startsPrinting = true
    /// Whether the printer uploads pictures while it idles, as it does while somebody watches.
    package var picturesWhileIdle = true
    /// One picture in so many is announced in its `tagged` variant, with detection boxes drawn in; 0 for none.
    package var taggedEvery = 5
    /// Whether the names of pictures have a fraction after the Unix second, as `1795442400.250000.jpg`: some versions of the
    /// server write them so.
    package var namesHaveFractions = false

    /// What the account has used this month when the simulation starts.
    package var used = ByteCount.zero
    /// `nil` for an account without a cap. The default is the hosted free plan's.
    package var monthlyCap: ByteCount? = ByteCount(314_572_800)
    /// Whether `reset_in_seconds` is late by the current time of day, as the real server's is.
    package var resetsLate = true
    /// How the authorization page hands a tunnel over.
    package var redirect = RedirectForm.asServed
    /// The `X-Api-Key` that the proxied `/api/job` and `/api/printer` ask for, if not one that was granted; `nil` answers everybody.
    package var octoPrintKey: String?
    /// What OctoPrint's user says to a program that asks for an API key; `nil` leaves it waiting until it is told.
    package var keyDecision: KeyDecision?

    /// Faults that are armed from the start.
    package var faults: [Fault] = []
    /// How long a ``BadDay`` lasts from the start; `nil` for none.
    package var badDay: Duration?

    /// The number of the first print; a server that was set up again begins anew with the same.
    package var firstPrintNumber = 1001
    /// The number of the printer in the paths of its pictures.
    package var printerNumber = 1
    /// 0 lets the system choose.
    package var tunnelPort = 0
    /// 0 lets the system choose.
    package var accountPort = 0
    /// So many of the newest requests are kept for whoever asks.
    package var requestsKept = 1000
    /// The clock that the simulation follows.
    package var now: @Sendable () -> Timestamp = { Timestamp.wallClock }

    package init() {}
}

/// What the authorization page appends to an app's callback.
package enum RedirectForm: String, Hashable, Sendable, CaseIterable {
    /// `?tunnel_endpoint=ENDPOINT`, not encoded, as the real page's script does.
    case asServed
    /// `/?tunnel_endpoint=ENDPOINT`, as the published guide says.
    case asPublished
    /// `?tunnel_endpoint=ENDPOINT`, percent-encoded, as a corrected page would.
    case encoded
}

/// What OctoPrint's user says to a program that asks for an API key.
package enum KeyDecision: String, Codable, Hashable, Sendable, CaseIterable {
    case allow
    case deny
}

extension SimulatorSettings {
    /// Refuses what cannot be simulated.
    func check() throws(SimulatorError) {
        guard pictureSize.width >= 64, pictureSize.height >= 48, pictureSize.area <= 16_000_000 else {
            throw .settings(reason: "a picture is 64×48 to 16 megapixels")
        }
        guard speed > 0, speed <= 100_000 else { throw .settings(reason: "the speed is more than 0, at most 100000") }
        guard pictureInterval >= .seconds(1) else { throw .settings(reason: "the picture interval is 1 s or more") }
        guard (1...400).contains(layers) else { throw .settings(reason: "a part has 1 to 400 layers") }
        guard warmUp >= .zero, pause >= .zero, printDuration > .zero else {
            throw .settings(reason: "durations are 0 or more, a print's more than 0")
        }
    }
}
