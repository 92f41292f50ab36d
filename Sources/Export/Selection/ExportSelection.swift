/// Which of a query's frames are exported.
///
/// First frames are left out for what they are: excluded by their owner, suspect, tagged, dark, still. Of the others one of
/// ``every`` is taken, and of those at most ``most``.
package struct ExportSelection: Hashable, Sendable {
    /// Takes one frame of this many, beginning with the first; 1 or more.
    package var every = 1
    /// Takes at most so many frames, evenly in time; 1 or more, and `nil` for all of them, or for a page of a contact
    /// sheet.
    package var most: Int?
    /// Takes pictures that may not be what the camera saw, too.
    package var takesSuspect = false
    /// Leaves out all pictures with the boxes of a failure detection drawn in, and not only those that have one without near
    /// them.
    package var skipsTagged = false
    /// Leaves out frames that are dark beside the others; ``Darkness`` says which.
    package var skipsDark = false
    /// Leaves out frames that show nothing new.
    package var skipsStill = false
    /// Takes, within each step, the frame in which the head stands as in those before: ``every``, ``most`` or the
    /// video's length say how long a step is, and otherwise there is one for every ten frames.
    package var isSteady = false

    package init() {}

    /// - Throws: ``ExportError/unusableSelection(_:)`` where ``every`` or ``most`` is under 1.
    func check() throws(ExportError) {
        guard every >= 1 else { throw .unusableSelection("“every \(every)th frame” means nothing: use 1 or more") }
        guard (most ?? 1) >= 1 else {
            throw .unusableSelection("“\(most ?? 0) frames” means nothing: use 1 or more")
        }
    }
}
