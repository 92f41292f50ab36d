internal import FoundationEssentials
internal import Vocabulary

/// Everything that tells when a picture was taken.
struct TimeAccounts: Hashable, Sendable {
    var manifest: Timestamp?
    var name: ToldTime?
    var exif: ToldTime?
    var file: ToldTime?
}

/// When a picture was taken, what told it, and what speaks against it.
struct PictureTime: Hashable, Sendable {
    var instant: Timestamp
    let witness: TimeWitness
    var doubt: TimeDoubt?

    init(instant: Timestamp, witness: TimeWitness, doubt: TimeDoubt? = nil) {
        (self.instant, self.witness, self.doubt) = (instant, witness, doubt)
    }

    /// The most trustworthy account there is; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - zone: of times that come without an offset.
    ///   - previous: when the picture before it in the order of names was taken: in the hour that a change of clocks repeats,
    ///     time does not go back.
    init?(_ accounts: TimeAccounts, zone: TimeZone, after previous: Timestamp? = nil) {
        func resolve(_ told: ToldTime, _ exact: TimeWitness, _ local: TimeWitness) -> (Timestamp, TimeWitness) {
            guard let civil = told.wallTime else { return (told.exact ?? Timestamp(milliseconds: 0), exact) }
            // The file's date is poor as an account, and good enough to tell which of two equal hours is meant.
            return (WallTime(civil, in: zone).instant(near: accounts.file?.exact, after: previous), local)
        }
        if let manifest = accounts.manifest {
            (instant, witness) = (manifest, .manifest)
        } else if let name = accounts.name {
            (instant, witness) = resolve(name, .name, .nameLocal)
        } else if let exif = accounts.exif {
            (instant, witness) = resolve(exif, .exif, .exifLocal)
        } else if let file = accounts.file {
            (instant, witness) = resolve(file, .fileDate, .fileDateLocal)
        } else {
            return nil
        }
        doubt = nil
    }
}
