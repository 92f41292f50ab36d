/// What becomes of frames that look like the last kept one without being the same bytes.
package enum NearDuplicates: Hashable, Sendable {
    case keep
    /// They are dropped, unless the last kept frame is this old: so a still scene keeps a frame now and then.
    case drop(longestGap: Duration)
}
