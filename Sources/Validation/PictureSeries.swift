internal import NIOCore
package import Vocabulary

/// Judges a camera's pictures one after the other, by what its pictures before were like. A pure value.
///
/// What is proven to be damaged is rejected. What only looks so is kept under suspicion, because things in front of a camera may
/// look so too.
package struct PictureSeries: Sendable {
    /// The last pictures, one after the other, in whose scans bytes were left over. Their sizes and places tell them apart.
    private var odd: [FrameRejection] = []
    /// Whether the camera leaves EOI out of its pictures.
    private var ends: EndMarkerHistory
    /// Seams that are in the scene.
    private var sceneSeams: [Seam] = []
    /// The last seam that was suspect, and the picture's bytes.
    private var lastSeam: (seam: Seam, bytes: ByteBuffer)?

    /// So many different pictures in a row, with none in between that was as it should be, are the camera's way: not one in
    /// thousands is torn so often.
    static let oddPictures = 8
    /// The strength of a seam in a picture alone, and beside the one before. Of 17,204 clean pictures made of photographs one in a
    /// hundred had more than 0.9 and 0.4, and one in a thousand more than 1.5 and 0.9.
    static let strengthAlone: Float = 1.6
    static let strengthBeside: Float = 1.0
    /// The strength, in the picture before alone, of one that may be what is seen beside it. Of the same pictures one in fifty-six
    /// had as much.
    static let leastOfEnded: Float = 0.8
    /// Where the picture before had none, so many bytes left over are suspect. A few may be there only to make the number even.
    static let leastOdd = 4
    /// Of the scene's seams that are remembered.
    private static let mostSceneSeams = 16

    /// - Parameter kind: what the camera's newest picture was marked for.
    package init(after kind: Suspicion.Kind? = nil) {
        isOdd = kind == .oddScan
        ends = EndMarkerHistory(isMissing: kind == .noEOI)
    }

    /// Whether bytes are left over in every scan of the camera.
    package private(set) var isOdd: Bool

    /// Whether the camera leaves EOI out of every picture.
    package var lacksEnds: Bool { ends.isMissing }

    /// Takes that one more slot, or file, had no picture but such as lack EOI alone. Attempts of one slot may all have been torn at
    /// one place, and count once.
    package mutating func noteLackingEnd() { ends.noteMissing() }

    /// Takes that a slot had other pictures, or none.
    package mutating func noteOtherwise() { if !ends.isMissing { ends.noteSeen() } }

    /// Judges the next picture.
    ///
    /// - Parameter before: of the camera's picture before, which was neither damaged nor suspect.
    /// - Throws: why it is no frame.
    package mutating func judge(
        _ picture: ExaminedPicture, after before: PictureTrace? = nil
    ) throws(FrameRejection) -> ValidPicture {
        if let lackingEnd = picture.lackingEnd {
            guard ends.isMissing else { throw lackingEnd }
        } else {
            ends.noteSeen()
        }
        let whole = picture.takenAsWhole
        if let leftOver = picture.leftOver {
            if !odd.contains(leftOver) { odd.append(leftOver) }
            if odd.count >= Self.oddPictures { isOdd = true }
            guard isOdd else { throw leftOver }
            odd = []
            return whole.suspected(of: Suspicion(.oddScan, at: leftOver.description))
        }
        (odd, isOdd) = ([], false)
        if picture.suspicion != nil { return whole }
        if let seam = picture.suspectSeam(after: before), !isInScene(seam, of: whole.bytes) {
            return whole.suspected(of: seam.suspicion)
        }
        return picture.oddScan(after: before).map(whole.suspected) ?? whole
    }

    /// Whether a seam came back at its place with other bytes: then the camera sees it, or draws it in.
    private mutating func isInScene(_ seam: Seam, of bytes: ByteBuffer) -> Bool {
        if sceneSeams.contains(where: seam.isOfSameThing) { return true }
        if let lastSeam, seam.isOfSameThing(as: lastSeam.seam), lastSeam.bytes != bytes {
            sceneSeams = sceneSeams.suffix(Self.mostSceneSeams - 1) + [seam]
            self.lastSeam = nil
            return true
        }
        lastSeam = (seam, bytes)
        return false
    }
}

extension ExaminedPicture {
    /// The seam that the picture is suspected of, whether it is in the scene or not.
    package func suspectSeam(after before: PictureTrace?) -> Seam? {
        guard let edges else { return nil }
        // What is new in a picture shows beside the one before at least as well as alone.
        let least = PictureSeries.strengthBeside / 2
        guard let earlier = before?.edges, let beside = edges.strongestSeam(after: earlier, least: least) else {
            return edges.suspectSeam
        }
        guard beside.strength >= least else { return nil }
        return beside.strength >= PictureSeries.strengthBeside && !earlier.isEnded(in: edges)
            ? beside : edges.suspectSeam
    }

    /// Whether bytes are left over in the scan as they were not before.
    package func oddScan(after before: PictureTrace?) -> Suspicion? {
        guard leftOverBytes >= PictureSeries.leastOdd, before?.leftOverBytes == 0 else { return nil }
        return Suspicion(
            .oddScan, at: "\(leftOverBytes) bytes are left over in the scan, none were in the picture before")
    }
}

extension EdgeRows {
    /// The seam that the picture is suspected of by itself.
    fileprivate var suspectSeam: Seam? {
        strongestSeam(least: PictureSeries.strengthAlone).flatMap {
            $0.strength >= PictureSeries.strengthAlone ? $0 : nil
        }
    }

    /// Whether it has a seam that the next picture is without, which shows beside it as well.
    fileprivate func isEnded(in next: EdgeRows) -> Bool {
        guard let own = strongestSeam(least: PictureSeries.leastOfEnded)?.strength, own >= PictureSeries.leastOfEnded
        else {
            return false
        }
        return own > next.strongestSeam()?.strength ?? 0
    }
}
