/// How many of the matching frames an export leaves out, by the first reason that applies.
package struct LeftOutFrames: Hashable, Sendable, Encodable {
    /// Their owner excluded them from exports.
    package internal(set) var excluded = 0
    /// They may not be what the camera saw.
    package internal(set) var suspect = 0
    /// Their times are damaged: no place in a video or in the order of files follows from them.
    package internal(set) var untimed = 0
    /// The boxes of a failure detection are drawn in, and none were wanted or a picture without is near.
    package internal(set) var tagged = 0
    package internal(set) var dark = 0
    /// They show nothing new.
    package internal(set) var still = 0
    /// Others stand for them: fewer frames were asked for, or fit.
    package internal(set) var thinned = 0

    package var count: Int { excluded + suspect + untimed + tagged + dark + still + thinned }

    /// As a sentence has it: `12 dark, 3 tagged`; empty where nothing was left out.
    package var phrase: String {
        [
            (excluded, "excluded"), (suspect, "suspect"), (untimed, "of a time that cannot be"), (tagged, "tagged"),
            (dark, "dark"), (still, "still"),
            (thinned, "between those taken"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
