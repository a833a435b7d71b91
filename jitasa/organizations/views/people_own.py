"""Posts across lines: a person's own posts and offers, answers to offers, posts that rest, the home office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.models import User
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization, Post, PostOffer
from jitasa.organizations.rules_people import may_end_post, may_move_home
from jitasa.organizations.selectors.people import offers_to, own_posts_of, people_visible_to
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services.homes import move_home
from jitasa.organizations.services.offers import accept_offer, decline_offer, withdraw_offer
from jitasa.organizations.services.resting import wake_post
from jitasa.ui.reading import identifier


@require_GET
@never_cache
@login_required
def own_posts(request: ViewerRequest) -> HttpResponse:
    """The person's own posts, home office, and what other offices offer."""
    user, now = User.objects.get(username=request.user.get_username()), timezone.now()
    standing = standing_of(user.pk, now)
    posts = list(own_posts_of(user, now))
    viewer = request.viewer
    movable = may_move_home(viewer, standing)
    rows = [
        (
            post,
            may_end_post(viewer, post.organization, post.role, standing),
            movable and post.rests_since is None and post.organization != standing.home,
        )
        for post in posts
    ]
    context = {"home": standing.home, "rows": rows, "offers": offers_to(user, now)}
    return render(request, "organizations/own_posts.html", context)


@require_POST
@login_required
def offer_answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """Accept (``answer=accept``) or decline an offer to oneself, or to somebody whose account one manages."""
    visible = people_visible_to(request.viewer).values("pk")
    offers = PostOffer.objects.filter(Q(user=request.user.pk) | Q(user__in=visible))
    offer = get_object_or_404(offers, pk=pk)
    if request.POST.get("answer") == "accept":
        accept_offer(actor=request.viewer, offer=offer, now=timezone.now())
        messages.success(request, _("รับตำแหน่งแล้ว เลือกสำนักงานได้ที่แถบด้านบน"))
    else:
        decline_offer(actor=request.viewer, offer=offer, now=timezone.now())
        messages.success(request, _("ตอบไม่รับตำแหน่งแล้ว"))
    if offer.user_id == request.user.pk:
        return redirect("organizations:own_posts")
    return redirect("organizations:person", offer.user_id)


@require_POST
@login_required
def offer_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take an offer of one's office back."""
    offices = Organization.objects.visible_to(request.viewer).values("pk")
    offer = get_object_or_404(PostOffer.objects.filter(organization__in=offices), pk=pk)
    withdraw_offer(actor=request.viewer, offer=offer, now=timezone.now())
    messages.success(request, _("ถอนข้อเสนอตำแหน่งแล้ว"))
    return redirect("organizations:people_of", offer.organization_id)


@require_POST
@login_required
def post_wake(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let a post that rests give its role again."""
    post = get_object_or_404(Post.objects.visible_to(request.viewer), pk=pk)
    wake_post(actor=request.viewer, post=post, now=timezone.now())
    messages.success(request, _("ให้ทำหน้าที่ต่อแล้ว"))
    return redirect("organizations:person", post.user_id)


@require_POST
@login_required
def person_home(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make an office the person's home (field ``organization``)."""
    own = pk == request.user.pk
    people = User.objects.filter(pk=pk) if own else people_visible_to(request.viewer)
    user = get_object_or_404(people, pk=pk)
    held = Post.objects.filter(user=user).values("organization_id")
    offices = Organization.objects.filter(pk__in=held)
    office = offices.filter(pk=identifier(request.POST.get("organization", "")) or 0).first()
    move_home(actor=request.viewer, user=user, organization=office, now=timezone.now())
    messages.success(request, _("ต้นสังกัดคือ %(office)s แล้ว") % {"office": office})
    return redirect("organizations:own_posts") if own else redirect("organizations:person", pk)
