// Content: from the core's word that it may be had to the lane that makes it.
extension TransportLoop {
    func make(_ id: UInt64, _ plan: ContentPlan) {
        guard waiting[id] != nil else { return }
        guard let content else {
            return perform(.respond(request: id, HTTPResponse(status: 503).adding(plan.headers)))
        }
        if lane(plan.pace, content)?.take(id, plan, most: bound(plan.pace)) == true { return }
        perform(.respond(request: id, content.refusal(of: plan).adding(plan.headers)))
    }

    private func bound(_ pace: ContentPlan.Pace) -> Int {
        switch pace {
        case .quick: limits.quickContents
        case .slow: limits.slowContents
        }
    }

    /// A lane begins with the first plan of its pace.
    private func lane(_ pace: ContentPlan.Pace, _ source: any ContentSource) -> ContentLane? {
        if let lane = lanes[pace] { return lane }
        let lane = ContentLane(pace, source) { [outbox] request, response in
            outbox.post(.perform([.respond(request: request, response)]))
        }
        lanes[pace] = lane
        return lane
    }
}
