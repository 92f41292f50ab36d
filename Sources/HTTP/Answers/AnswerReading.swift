/// How an answer is read, by what is asked and whom.
package struct AnswerReading: Hashable, Sendable {
    /// Whether what browsers and curl put up with is taken: for plain cameras, which send lines that the standard forbids.
    /// Never for a tunnel.
    var isLenient = false
    /// Whether of a multipart body the first part is the answer: the first picture of a stream.
    var takesFirstPart = false
    /// The time in which the answer is of use, such as the rest of a slot; silence for too much of it is then a torn answer.
    /// With `nil` nothing but the deadline ends a silence.
    var usefulFor: Duration?
    /// Whether it may well take long until the answer begins, also over a connection that was used before: OctoPrint behind a
    /// tunnel takes its time, and asking twice would cost twice.
    var mayAnswerLate = false
    /// Whether room for all of a declared length is made at once: where no more may come than was asked for.
    var makesRoomForAll = false

    package init(
        isLenient: Bool = false, takesFirstPart: Bool = false, usefulFor: Duration? = nil, mayAnswerLate: Bool = false
    ) {
        (self.isLenient, self.takesFirstPart) = (isLenient, takesFirstPart)
        (self.usefulFor, self.mayAnswerLate) = (usefulFor, mayAnswerLate)
    }

    /// As the standard says, in whatever time it takes.
    package static let exact = AnswerReading()
}
